"""Where an import came from and when; fetches of open data; a table's codes as last seen"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0014_fetches"
down_revision = "0013_struck"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _own_columns():
    now = sa.text("now()")
    return (
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
    )


def upgrade():
    for table in ("value_import", "own_import"):
        op.add_column(table, sa.Column("source_url", sa.Text(), server_default="", nullable=False))
        op.add_column(table, sa.Column("fetched_at", MOMENT))
        op.add_column(table, sa.Column("source_published_at", MOMENT))
    op.add_column("school_unit", sa.Column("predecessor_code", sa.Text()))
    op.create_table(
        "fetch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person_name", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("answered", sa.Integer(), server_default="0", nullable=False),
        sa.Column("doing", sa.Text(), server_default="", nullable=False),
        sa.Column("account", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.Column("finished_at", MOMENT),
        *_own_columns(),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'done', 'incomplete')", name=op.f("ck_fetch_state")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_fetch_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fetch")),
        sa.UniqueConstraint("organizer_id", "key", name=op.f("uq_fetch_organizer_id_key")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_fetch_organizer_id_id")),
    )
    op.protect("fetch")
    op.create_table(
        "table_label",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("gone_on", sa.Date()),
        *_own_columns(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_table_label")),
        sa.UniqueConstraint("path", "label", name=op.f("uq_table_label_path_label")),
    )
    op.read_only("table_label")


def downgrade():
    op.drop_table("table_label")
    op.drop_table("fetch")
    op.drop_column("school_unit", "predecessor_code")
    for table in ("own_import", "value_import"):
        for column in ("source_published_at", "fetched_at", "source_url"):
            op.drop_column(table, column)
