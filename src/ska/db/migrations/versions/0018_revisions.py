"""Revisions of pinned values that people were told of"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0018_revisions"
down_revision = "0017_fetch_run"
branch_labels = None
depends_on = None


def upgrade():
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "revision_letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("changed_at", moment, nullable=False),
        sa.Column("import_id", sa.Uuid(), nullable=True),
        sa.Column("values", sa.Integer(), nullable=False),
        sa.Column("analyses", sa.Integer(), nullable=False),
        sa.Column("receivers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_revision_letter_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_letter")),
        sa.UniqueConstraint(
            "organizer_id", "changed_at", name=op.f("uq_revision_letter_organizer_id_changed_at")
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_revision_letter_organizer_id_id")),
    )
    op.protect("revision_letter")


def downgrade():
    op.drop_table("revision_letter")
