"""An underlag remembers the picture that its numbers were seen in"""

import sqlalchemy as sa
from alembic import op

revision = "0044_seen_at"
down_revision = "0040_unit_calendar"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "observation",
        sa.Column("seen_at", sa.Text(), server_default=sa.text("''"), nullable=False),
    )


def downgrade():
    op.drop_column("observation", "seen_at")
