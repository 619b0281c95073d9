"""Answers kept under an Idempotency-Key"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010_once"
down_revision = "0009_limits"
branch_labels = None
depends_on = None


def upgrade():
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "once_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_once_answer_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_once_answer")),
        sa.UniqueConstraint(
            "organizer_id",
            "person_id",
            "route",
            "key",
            name=op.f("uq_once_answer_organizer_id_person_id_route_key"),
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_once_answer_organizer_id_id")),
    )
    op.create_index("ix_once_answer_created_at", "once_answer", ["organizer_id", "created_at"])
    op.protect("once_answer")


def downgrade():
    op.drop_table("once_answer")
