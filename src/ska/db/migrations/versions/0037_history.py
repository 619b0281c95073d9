"""Earlier years' reports: those that wait for a person to look, and those that are kept"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0037_history"
down_revision = "0035_dialogues"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
SEARCHED = "setweight(to_tsvector('swedish'::regconfig, COALESCE(text, '')), 'A')"


def _table(name, *columns):
    now = sa.text("now()")
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{name}_organizer_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{name}_organizer_id_id"),
    )
    op.protect(name)


def _refers(name, column, to):
    return sa.ForeignKeyConstraint(
        ["organizer_id", column],
        [f"{to}.organizer_id", f"{to}.id"],
        name=f"fk_{name}_organizer_id_{column}",
    )


def _text(name):
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name):
    return sa.Column(name, sa.Integer(), nullable=False)


def upgrade():
    _table(
        "history_draft",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid()),
        _number("year"),
        _text("title"),
        _text("source"),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        _refers("history_draft", "unit_id", "school_unit"),
    )
    op.create_index("ix_history_draft_person_id", "history_draft", ["organizer_id", "person_id"])
    _table(
        "past_analysis",
        sa.Column("unit_id", sa.Uuid()),
        _number("year"),
        _text("title"),
        _text("source"),
        _number("paragraphs"),
        _text("kept_by"),
        sa.Column("struck_at", MOMENT),
        sa.Column("struck_by", sa.Text()),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL)", name="ck_past_analysis_struck_by_someone"
        ),
        sa.CheckConstraint("paragraphs > 0", name="ck_past_analysis_holds_something"),
        _refers("past_analysis", "unit_id", "school_unit"),
    )
    op.create_index("ix_past_analysis_year", "past_analysis", ["organizer_id", "year"])
    _table(
        "past_paragraph",
        sa.Column("past_id", sa.Uuid(), nullable=False),
        _number("place"),
        _text("part"),
        _text("kind"),
        _number("level"),
        _text("text"),
        _number("stands_for"),
        sa.Column("is_promise", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("search", postgresql.TSVECTOR(), sa.Computed(SEARCHED, persisted=True)),
        _refers("past_paragraph", "past_id", "past_analysis"),
    )
    op.create_index(
        "uq_past_paragraph_place",
        "past_paragraph",
        ["organizer_id", "past_id", "place"],
        unique=True,
    )
    op.execute("REVOKE UPDATE, DELETE ON past_analysis, past_paragraph FROM ska_app")
    op.execute("GRANT UPDATE (struck_at, struck_by, updated_at) ON past_analysis TO ska_app")


def downgrade():
    for name in ("past_paragraph", "past_analysis", "history_draft"):
        op.drop_table(name)
