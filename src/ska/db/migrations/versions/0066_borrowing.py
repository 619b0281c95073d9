"""An insats may be lent in a network, and borrowed as a draft that says whose it is"""

import sqlalchemy as sa
from alembic import op

revision = "0066_borrowing"
down_revision = "0064_question_seen_at"
branch_labels = None
depends_on = None

MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
HERE = "nullif(current_setting('app.organizer', true), '')::uuid"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
LENDER_IS_IN = """EXISTS (SELECT 1 FROM network_member g WHERE g.network_id = lent_practice.network_id
  AND g.organizer_id = lent_practice.organizer_id AND g.valid_from <= lent_practice.lent_on
  AND g.valid_to IS NULL)"""
LENT_TO_US = f"withdrawn_at IS NULL AND network_id IN ({OUR_NETWORKS}) AND {LENDER_IS_IN}"
# Which arbetssätt are seen here is settled by the policies of their own table.
OF_A_PRACTICE = """EXISTS (SELECT 1 FROM lent_practice p
  WHERE p.organizer_id = practice_loan.organizer_id AND p.id = practice_loan.practice_id {more})"""
SEEN = OF_A_PRACTICE.format(more=f"AND p.network_id IN ({OUR_NETWORKS})")
BORROWS = f"borrower_id = {HERE} AND " + OF_A_PRACTICE.format(
    more="AND p.withdrawn_at IS NULL AND p.organizer_id <> practice_loan.borrower_id"
)
TEXTS = (
    "lender", "place", "item", "item_title", "title", "description", "outcome", "level",
    "governance_level", "horizon", "owner_role",
)  # fmt: skip


def _base(table):
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    ]


def _lent():
    table = "lent_practice"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in TEXTS],
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=False),
        sa.Column("lent_by", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.Column("withdrawn_by", sa.Text()),
        *_base(table),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=f"ck_{table}_withdrawn_whole"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=f"fk_{table}_network_id"),
        sa.ForeignKeyConstraint(
            ["organizer_id", "action_id"],
            ["action.organizer_id", "action.id"],
            name=f"fk_{table}_organizer_id_action_id",
        ),
    )
    op.create_index(
        "uq_lent_practice_live", table, ["organizer_id", "network_id", "action_id"], unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )  # fmt: skip
    op.create_index("ix_lent_practice_network_id", table, ["network_id"])
    op.create_index("ix_lent_practice_action_id", table, ["organizer_id", "action_id"])


def _loans():
    table = "practice_loan"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("borrower_id", sa.Uuid(), nullable=False),
        sa.Column("borrower", sa.Text(), nullable=False),
        sa.Column("borrowed_by", sa.Text(), nullable=False),
        *_base(table),
        sa.ForeignKeyConstraint(
            ["organizer_id", "practice_id"],
            ["lent_practice.organizer_id", "lent_practice.id"],
            name=f"fk_{table}_organizer_id_practice_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["borrower_id"], ["organizer.id"], name=f"fk_{table}_borrower_id"),
    )
    op.create_index("ix_practice_loan_practice_id", table, ["organizer_id", "practice_id"])
    op.create_index("ix_practice_loan_borrower_id", table, ["borrower_id"])


def upgrade():
    op.add_column("action", sa.Column("credit", sa.Text()))
    _lent()
    _loans()
    for table in ("lent_practice", "practice_loan"):
        op.protect(table)
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM ska_app")
    op.execute("GRANT UPDATE (withdrawn_at, withdrawn_by, updated_at) ON lent_practice TO ska_app")
    op.execute(f"CREATE POLICY lent ON lent_practice FOR SELECT USING ({LENT_TO_US})")
    op.execute(f"CREATE POLICY lent ON practice_loan FOR SELECT USING ({SEEN})")
    op.execute(f"CREATE POLICY borrowing ON practice_loan FOR INSERT WITH CHECK ({BORROWS})")


def downgrade():
    op.drop_table("practice_loan")
    op.drop_table("lent_practice")
    op.drop_column("action", "credit")
