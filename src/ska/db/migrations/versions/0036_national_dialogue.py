"""The state's kvalitetsdialog with its self-assessment and kept versions, and nämndens beslut"""

import sqlalchemy as sa
from alembic import op

revision = "0036_national_dialogue"
down_revision = "0038_asked_of"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ONE_OF_TWO = "(dialogue_id IS NULL) <> (national_id IS NULL)"


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
        *more,
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{name}_organizer_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{name}_organizer_id_id"),
    )
    op.protect(name)


def _dialogue():
    name = "national_quality_dialogue"
    _table(
        name,
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("took_part", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("opened_by", sa.Text(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.Column("closed_by", sa.Text()),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_by IS NULL)", name=f"ck_{name}_closed_by_whom"
        ),
    )
    op.create_index(
        "uq_national_quality_dialogue_open",
        name,
        ["organizer_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _assessment():
    name = "self_assessment"
    _table(
        name,
        sa.Column("national_id", sa.Uuid(), nullable=False),
        sa.Column("voice", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("factor", sa.Text(), nullable=False),
        sa.Column("rating", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "unit_id IS NULL OR voice = 'principals'", name=f"ck_{name}_own_is_a_rektors"
        ),
        sa.UniqueConstraint(
            "organizer_id",
            "national_id",
            "voice",
            "unit_id",
            "factor",
            name="uq_self_assessment_once",
            postgresql_nulls_not_distinct=True,
        ),
        _refers(name, "national_id", "national_quality_dialogue"),
        _refers(name, "unit_id", "school_unit"),
    )


def _decision():
    name = "board_decision"
    concerns = {
        "area_id": "development_area",
        "action_id": "action",
        "need_id": "need",
        "dialogue_id": "results_dialogue",
        "national_id": "national_quality_dialogue",
    }
    _table(
        name,
        sa.Column("registry_number", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *(sa.Column(column, sa.Uuid()) for column in concerns),
        sa.Column("concerns", sa.Text(), nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("struck_at", MOMENT),
        sa.Column("struck_by", sa.Text()),
        sa.CheckConstraint(
            f"num_nonnulls({', '.join(concerns)}) = 1", name=f"ck_{name}_concerns_one"
        ),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_by IS NULL)", name=f"ck_{name}_struck_by_whom"
        ),
        *(_refers(name, column, table) for column, table in concerns.items()),
    )
    op.create_index("ix_board_decision_decided_on", name, ["organizer_id", "decided_on"])


def upgrade():
    _dialogue()
    _assessment()
    _decision()
    for name in ("agreement", "dialogue_pack"):
        op.add_column(name, sa.Column("national_id", sa.Uuid()))
        for column in ("unit_id", "dialogue_id"):
            op.alter_column(name, column, nullable=True)
        op.create_foreign_key(
            f"fk_{name}_organizer_id_national_id",
            name,
            "national_quality_dialogue",
            ["organizer_id", "national_id"],
            ["organizer_id", "id"],
        )
        op.create_check_constraint(op.f(f"ck_{name}_of_one_dialogue"), name, ONE_OF_TWO)


def downgrade():
    for name in ("agreement", "dialogue_pack"):
        op.drop_constraint(op.f(f"ck_{name}_of_one_dialogue"), name)
        op.drop_constraint(f"fk_{name}_organizer_id_national_id", name)
        op.execute(f"DELETE FROM {name} WHERE national_id IS NOT NULL")  # noqa: S608  # put together of constants only
        op.drop_column(name, "national_id")
        for column in ("unit_id", "dialogue_id"):
            op.alter_column(name, column, nullable=False)
    for name in ("board_decision", "self_assessment", "national_quality_dialogue"):
        op.drop_table(name)
