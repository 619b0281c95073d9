"""A shift of level that people accept is kept, with its reason, and may be taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0059_accepted_shift"
down_revision = "0058_boards"
branch_labels = None
depends_on = None

TABLE = "accepted_shift"
TAKEN_BACK = ("withdrawn_at", "withdrawn_by", "withdrawn_reason")


def _refers(column, to):
    return sa.ForeignKeyConstraint(
        ["organizer_id", column],
        [f"{to}.organizer_id", f"{to}.id"],
        name=f"fk_{TABLE}_organizer_id_{column}",
    )


def upgrade():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    told = ("indicator", "measure", "period", "reason", "accepted_by", "accepted_as")
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("action_id", sa.Uuid()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in told),
        sa.Column("accepted_at", moment, nullable=False),
        sa.Column("withdrawn_at", moment),
        sa.Column("withdrawn_by", sa.Text()),
        sa.Column("withdrawn_reason", sa.Text()),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)", name=f"ck_{TABLE}_withdrawn_why"
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{TABLE}_organizer_id"
        ),
        _refers("unit_id", "school_unit"),
        _refers("action_id", "action"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{TABLE}_organizer_id_id"),
    )
    op.create_index(
        f"uq_{TABLE}_live", TABLE, ["organizer_id", "indicator", "measure", "unit_id", "period"],
        unique=True, postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )  # fmt: skip
    op.create_index(f"ix_{TABLE}_indicator", TABLE, ["organizer_id", "indicator"])
    op.protect(TABLE)
    op.execute(f"REVOKE UPDATE, DELETE ON {TABLE} FROM ska_app")
    written = ", ".join((*TAKEN_BACK, "updated_at"))
    op.execute(f"GRANT UPDATE ({written}) ON {TABLE} TO ska_app")


def downgrade():
    op.drop_table(TABLE)
