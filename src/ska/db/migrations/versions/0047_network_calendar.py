"""A calendar address may be of a network"""

import sqlalchemy as sa
from alembic import op

revision = "0047_network_calendar"
down_revision = "0044_seen_at"
branch_labels = None
depends_on = None


def upgrade():
    network = sa.ForeignKey("network.id", name="fk_calendar_feed_network_id")
    op.add_column("calendar_feed", sa.Column("network_id", sa.Uuid(), network, nullable=True))
    op.create_index("ix_calendar_feed_network_id", "calendar_feed", ["network_id"])
    op.create_check_constraint(
        op.f("ck_calendar_feed_is_of_one"), "calendar_feed", "unit_id IS NULL OR network_id IS NULL"
    )


def downgrade():
    op.drop_column("calendar_feed", "network_id")
