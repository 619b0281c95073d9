"""A question at a handover is for the one who leaves, or for the huvudman"""

import sqlalchemy as sa
from alembic import op

revision = "0038_asked_of"
down_revision = "0037_history"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "handover_question",
        sa.Column("asked_of", sa.Text(), server_default=sa.text("'organizer'"), nullable=False),
    )
    op.create_check_constraint(
        "ck_handover_question_asked_of", "handover_question", "asked_of IN ('leaver', 'organizer')"
    )


def downgrade():
    op.drop_column("handover_question", "asked_of")
