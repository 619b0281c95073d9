"""A mail in the outbox knows which reminders it tells of"""

import sqlalchemy as sa
from alembic import op

revision = "0050_mail_tells"
down_revision = "0047_network_calendar"
branch_labels = None
depends_on = None


def upgrade():
    keys = sa.ARRAY(sa.Text())
    op.add_column(
        "outbox_mail",
        sa.Column("tells", keys, server_default=sa.text("'{}'"), nullable=False),
    )


def downgrade():
    op.drop_column("outbox_mail", "tells")
