"""A question leads back to the picture that it was asked of"""

import sqlalchemy as sa
from alembic import op

revision = "0064_question_seen_at"
down_revision = "0063_breaks_not_known"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "asked_question", sa.Column("seen_at", sa.Text(), nullable=False, server_default="")
    )


def downgrade():
    op.drop_column("asked_question", "seen_at")
