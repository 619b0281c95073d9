"""The skolform of a wheel, and how many hours a week the year may ask of a role"""

import sqlalchemy as sa
from alembic import op

revision = "0042_hours_limit"
down_revision = "0041_multi_year_plan"
branch_labels = None
depends_on = None

NAME = "hours_limit"
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    op.add_column("annual_cycle", sa.Column("school_type", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_annual_cycle_type_has_its_kind"),
        "annual_cycle",
        "school_type IS NULL OR kind = 'school_type'",
    )
    now = sa.text("now()")
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{NAME}_organizer_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        sa.UniqueConstraint("organizer_id", "role", name=f"uq_{NAME}_organizer_id_role"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{NAME}_organizer_id_id"),
    )
    op.protect(NAME)


def downgrade():
    op.drop_table(NAME)
    op.drop_constraint(op.f("ck_annual_cycle_type_has_its_kind"), "annual_cycle", type_="check")
    op.drop_column("annual_cycle", "school_type")
