"""Resultatdialoger with their agreements, needs and what was kept when they were closed"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0035_dialogues"
down_revision = "0033_wheels"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _refers(table, column, to):
    return sa.ForeignKeyConstraint(
        ["organizer_id", column],
        [f"{to}.organizer_id", f"{to}.id"],
        name=f"fk_{table}_organizer_id_{column}",
    )


def _table(name, *more):
    now = sa.text("now()")
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        *more,
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{name}_organizer_id"),
        _refers(name, "unit_id", "school_unit"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{name}_organizer_id_id"),
    )
    op.protect(name)


def _text(name):
    return sa.Column(name, sa.Text(), nullable=False)


def _of_dialogue(table):
    return (
        sa.Column("dialogue_id", sa.Uuid(), nullable=False),
        _refers(table, "dialogue_id", "results_dialogue"),
    )


def _dialogue():
    name = "results_dialogue"
    _table(
        name,
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("took_part", sa.Text(), server_default=sa.text("''"), nullable=False),
        _text("opened_by"),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Text()),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=f"ck_{name}_closed_by_whom"
        ),
    )
    op.create_index(
        "uq_results_dialogue_open",
        name,
        ["organizer_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _agreement():
    name = "agreement"
    _table(
        name,
        *_of_dialogue(name),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        _refers(name, "action_id", "action"),
        _text("text"),
        _text("owner_role"),
        sa.Column("due", sa.Date(), nullable=False),
        _text("written_by"),
    )
    op.create_index("ix_agreement_dialogue_id", name, ["organizer_id", "dialogue_id"])


def _need():
    name = "need"
    whole = " AND ".join(
        f"(answered_at IS NULL) = ({one} IS NULL)"
        for one in ("answer", "answer_kind", "answered_by")
    )
    _table(
        name,
        *_of_dialogue(name),
        _text("text"),
        sa.Column("answer_by", sa.Date()),
        _text("written_by"),
        sa.Column("answer_kind", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("answered_by", sa.Text()),
        sa.Column("answered_at", MOMENT),
        sa.CheckConstraint(whole, name=f"ck_{name}_answered_whole"),
    )
    op.create_index("ix_need_unit_id", name, ["organizer_id", "unit_id"])


def _pack():
    name = "dialogue_pack"
    _table(
        name,
        *_of_dialogue(name),
        sa.Column("kept_at", MOMENT, nullable=False),
        _text("kept_by"),
        sa.Column("content", postgresql.JSONB(), nullable=False),
    )
    op.create_index("uq_dialogue_pack_dialogue", name, ["organizer_id", "dialogue_id"], unique=True)


def upgrade():
    _dialogue()
    _agreement()
    _need()
    _pack()
    for name in ("agreement", "dialogue_pack"):
        op.execute(f"REVOKE UPDATE, DELETE ON {name} FROM ska_app")


def downgrade():
    for name in ("dialogue_pack", "need", "agreement", "results_dialogue"):
        op.drop_table(name)
