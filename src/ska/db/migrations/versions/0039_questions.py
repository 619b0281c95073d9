"""Questions from a comparison: jointly in a network, to another huvudman, or to an own unit"""

import sqlalchemy as sa
from alembic import op

revision = "0039_questions"
down_revision = "0030_saved_view"
branch_labels = None
depends_on = None

MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
HERE = "nullif(current_setting('app.organizer', true), '')::uuid"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
ASKER_IS_IN = """EXISTS (SELECT 1 FROM network_member g WHERE g.network_id = asked_question.network_id
  AND g.organizer_id = asked_question.organizer_id AND g.valid_from IS NOT NULL AND g.valid_to IS NULL)"""
PUT_TO_US = f"""network_id IN ({OUR_NETWORKS}) AND {ASKER_IS_IN}
  AND (to_organizer_id IS NULL OR to_organizer_id = {MINE})"""
# Which questions are seen here is settled by the policies of their own table.
OF_A_QUESTION = """EXISTS (SELECT 1 FROM asked_question q
  WHERE q.organizer_id = given_answer.organizer_id AND q.id = given_answer.question_id {more})"""
SEEN = OF_A_QUESTION.format(more=f"AND q.network_id IN ({OUR_NETWORKS})")
ANSWERS = f"answerer_id = {HERE} AND " + OF_A_QUESTION.format(
    more=f"""AND q.closed_at IS NULL AND q.unit_id IS NULL
    AND (q.to_organizer_id IS NULL OR q.to_organizer_id = {HERE})"""
)


def _columns():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
    ]


def _keys(table):
    return [
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{table}_person_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    ]


def _questions():
    table, moment = "asked_question", sa.DateTime(timezone=True)
    texts = ("asker", "receiver", "item", "title", "period", "question", "asked_by")
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid()),
        sa.Column("to_organizer_id", sa.Uuid()),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        *[sa.Column(name, sa.Text(), nullable=False) for name in texts],
        sa.Column("meeting_on", sa.Date()),
        sa.Column("closed_at", moment),
        sa.Column("closed_by", sa.Text()),
        *_columns(),
        sa.CheckConstraint("num_nonnulls(network_id, unit_id) = 1", name=f"ck_{table}_one_way"),
        sa.CheckConstraint(
            "to_organizer_id IS NULL OR network_id IS NOT NULL", name=f"ck_{table}_in_a_network"
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=f"ck_{table}_closed_whole"
        ),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=f"fk_{table}_network_id"),
        sa.ForeignKeyConstraint(
            ["to_organizer_id"], ["organizer.id"], name=f"fk_{table}_to_organizer_id"
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=f"fk_{table}_organizer_id_unit_id",
        ),
        *_keys(table),
    )
    op.create_index(
        "uq_asked_question_joint", table, ["network_id", "item"], unique=True,
        postgresql_where=sa.text(
            "closed_at IS NULL AND to_organizer_id IS NULL AND unit_id IS NULL"
        ),
    )  # fmt: skip
    op.create_index("ix_asked_question_network_id", table, ["network_id"])
    op.create_index("ix_asked_question_unit_id", table, ["organizer_id", "unit_id"])


def _answers():
    table = "given_answer"
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("question_id", sa.Uuid(), nullable=False),
        sa.Column("answerer_id", sa.Uuid(), nullable=False),
        sa.Column("answerer", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(
            ["organizer_id", "question_id"],
            ["asked_question.organizer_id", "asked_question.id"],
            name=f"fk_{table}_organizer_id_question_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["answerer_id"], ["organizer.id"], name=f"fk_{table}_answerer_id"),
        *_keys(table),
    )
    op.create_index("uq_given_answer_answerer", table, ["question_id", "answerer_id"], unique=True)
    op.create_index("ix_given_answer_question", table, ["organizer_id", "question_id"])


def upgrade():
    _questions()
    _answers()
    for table in ("asked_question", "given_answer"):
        op.protect(table)
        op.execute(f"REVOKE UPDATE, DELETE ON {table} FROM ska_app")
    op.execute("GRANT UPDATE (closed_at, closed_by, updated_at) ON asked_question TO ska_app")
    op.execute(f"CREATE POLICY asked ON asked_question FOR SELECT USING ({PUT_TO_US})")
    op.execute(f"CREATE POLICY asked ON given_answer FOR SELECT USING ({SEEN})")
    op.execute(f"CREATE POLICY answering ON given_answer FOR INSERT WITH CHECK ({ANSWERS})")


def downgrade():
    op.drop_table("given_answer")
    op.drop_table("asked_question")
