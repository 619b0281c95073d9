"""Parts of an analysis that were struck, kept with their reason"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013_struck"
down_revision = "0012_invitation"
branch_labels = None
depends_on = None


def upgrade():
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "struck_part",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("part_id", sa.Uuid(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("inside", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("struck_by", sa.Text(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_struck_part_organizer_id")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_struck_part_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_struck_part")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_struck_part_organizer_id_id")),
    )
    op.create_index("ix_struck_part_analysis_id", "struck_part", ["organizer_id", "analysis_id"])
    op.protect("struck_part")


def downgrade():
    op.drop_table("struck_part")
