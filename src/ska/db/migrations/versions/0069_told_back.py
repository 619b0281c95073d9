"""What came of a borrowed arbetssätt is told back, and an insats knows its loan"""

import sqlalchemy as sa
from alembic import op

revision = "0069_told_back"
down_revision = "0067_boards_of_roles"
branch_labels = None
depends_on = None

MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
HERE = "nullif(current_setting('app.organizer', true), '')::uuid"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
OF_A_PRACTICE = """EXISTS (SELECT 1 FROM lent_practice p
  WHERE p.organizer_id = practice_loan.organizer_id AND p.id = practice_loan.practice_id
  AND p.withdrawn_at IS NULL AND p.organizer_id <> practice_loan.borrower_id {more})"""
BORROWS = f"borrower_id = {HERE} AND " + OF_A_PRACTICE.format(more="")
BORROWS_IN = f"borrower_id = {HERE} AND " + OF_A_PRACTICE.format(
    more="AND p.network_id = practice_loan.network_id"
)
# Which loans are seen here is settled by the policies of their own table.
OF_A_LOAN = """EXISTS (SELECT 1 FROM practice_loan l WHERE l.id = practice_telling.loan_id
  AND l.organizer_id = practice_telling.lender_id AND l.borrower_id = practice_telling.organizer_id
  {more})"""
TELLER_IS_IN = """EXISTS (SELECT 1 FROM network_member t WHERE t.network_id = l.network_id
  AND t.organizer_id = l.borrower_id AND t.valid_from <= practice_telling.told_on
  AND t.valid_to IS NULL)"""
TOLD_TO_US = "withdrawn_at IS NULL AND " + OF_A_LOAN.format(
    more=f"AND l.network_id IN ({OUR_NETWORKS}) AND {TELLER_IS_IN}"
)
HAS_BORROWED = f"organizer_id = {HERE} AND " + OF_A_LOAN.format(more="")
GUARDED = ("practice_loan", "lent_practice", "action")


def _tellings():
    table, now, moment = "practice_telling", sa.text("now()"), sa.DateTime(timezone=True)
    op.create_table(
        table,
        *[
            sa.Column(name, sa.Uuid(), nullable=False)
            for name in ("id", "organizer_id", "loan_id", "lender_id")
        ],
        *[
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("teller", "effect_answer", "told", "ground", "told_by")
        ],
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", moment),
        sa.Column("withdrawn_by", sa.Text()),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=f"ck_{table}_withdrawn_whole"
        ),
        sa.CheckConstraint(
            "effect_answer IN ('yes', 'partly', 'no', 'cannot_tell')",
            name=f"ck_{table}_effect_answer",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.ForeignKeyConstraint(["lender_id"], ["organizer.id"], name=f"fk_{table}_lender_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    )
    op.create_index(
        "uq_practice_telling_live", table, ["organizer_id", "loan_id"], unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )  # fmt: skip
    op.create_index("ix_practice_telling_loan_id", table, ["lender_id", "loan_id"])
    op.protect(table)
    op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM ska_app")
    op.execute(f"GRANT UPDATE (withdrawn_at, withdrawn_by, updated_at) ON {table} TO ska_app")
    op.execute(f"CREATE POLICY told ON {table} FOR SELECT USING ({TOLD_TO_US})")
    op.execute(
        f"CREATE POLICY borrowed ON {table} AS RESTRICTIVE FOR INSERT WITH CHECK ({HAS_BORROWED})"
    )


def _loans():
    """Loans know their network, and an insats its loan: both were written in one transaction."""
    op.add_column("practice_loan", sa.Column("network_id", sa.Uuid()))
    op.add_column("action", sa.Column("loan_id", sa.Uuid()))
    for table in GUARDED:
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        "UPDATE practice_loan l SET network_id = p.network_id FROM lent_practice p"
        " WHERE p.organizer_id = l.organizer_id AND p.id = l.practice_id"
    )
    op.execute(
        "UPDATE action a SET loan_id = l.id FROM practice_loan l"
        " WHERE a.credit IS NOT NULL AND l.borrower_id = a.organizer_id"
        " AND l.created_at = a.created_at AND 1 = (SELECT count(*) FROM practice_loan o"
        " WHERE o.borrower_id = l.borrower_id AND o.created_at = l.created_at)"
    )
    for table in GUARDED:
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.alter_column("practice_loan", "network_id", nullable=False)
    op.create_foreign_key(
        "fk_practice_loan_network_id", "practice_loan", "network", ["network_id"], ["id"]
    )
    op.create_index("ix_practice_loan_network_id", "practice_loan", ["network_id"])
    op.execute("DROP POLICY borrowing ON practice_loan")
    op.execute(f"CREATE POLICY borrowing ON practice_loan FOR INSERT WITH CHECK ({BORROWS_IN})")
    op.execute(f"CREATE POLICY borrowed ON practice_loan FOR SELECT USING (borrower_id = {MINE})")


def upgrade():
    _loans()
    _tellings()


def downgrade():
    op.drop_table("practice_telling")
    op.execute("DROP POLICY borrowed ON practice_loan")
    op.execute("DROP POLICY borrowing ON practice_loan")
    op.execute(f"CREATE POLICY borrowing ON practice_loan FOR INSERT WITH CHECK ({BORROWS})")
    op.drop_column("action", "loan_id")
    op.drop_column("practice_loan", "network_id")
