"""Several wheels at once, each with its kind, its name and its pauses; steps can be struck"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0033_wheels"
down_revision = "0039_questions"
branch_labels = None
depends_on = None

OLD = "uq_annual_cycle_organizer_id_unit_id_school_year"
NEW = "uq_annual_cycle_one_of_a_name"


def upgrade():
    op.add_column("annual_cycle", sa.Column("kind", sa.Text(), nullable=True))
    op.execute("ALTER TABLE annual_cycle NO FORCE ROW LEVEL SECURITY")
    op.execute("""
        UPDATE annual_cycle SET kind = CASE WHEN unit_id IS NULL THEN 'organizer' ELSE 'unit' END
    """)
    op.execute("ALTER TABLE annual_cycle FORCE ROW LEVEL SECURITY")
    op.alter_column("annual_cycle", "kind", nullable=False)
    op.add_column(
        "annual_cycle",
        sa.Column(
            "pauses",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{07-01/07-31}'"),
            nullable=False,
        ),
    )
    op.drop_constraint(OLD, "annual_cycle", type_="unique")
    op.create_unique_constraint(
        NEW,
        "annual_cycle",
        ["organizer_id", "unit_id", "school_year", "kind", "name"],
        postgresql_nulls_not_distinct=True,
    )
    op.create_check_constraint(
        op.f("ck_annual_cycle_unit_has_its_kind"),
        "annual_cycle",
        "(kind = 'unit') = (unit_id IS NOT NULL)",
    )
    op.add_column("cycle_step", sa.Column("struck_on", sa.Date(), nullable=True))


def downgrade():
    op.drop_column("cycle_step", "struck_on")
    op.drop_constraint(op.f("ck_annual_cycle_unit_has_its_kind"), "annual_cycle", type_="check")
    op.drop_constraint(NEW, "annual_cycle", type_="unique")
    op.create_unique_constraint(
        OLD,
        "annual_cycle",
        ["organizer_id", "unit_id", "school_year"],
        postgresql_nulls_not_distinct=True,
    )
    op.drop_column("annual_cycle", "pauses")
    op.drop_column("annual_cycle", "kind")
