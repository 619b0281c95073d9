"""A calendar address may be of one unit"""

import sqlalchemy as sa
from alembic import op

revision = "0040_unit_calendar"
down_revision = "0042_hours_limit"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("calendar_feed", sa.Column("unit_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        "fk_calendar_feed_organizer_id_unit_id",
        "calendar_feed",
        "school_unit",
        ["organizer_id", "unit_id"],
        ["organizer_id", "id"],
    )
    op.create_index("ix_calendar_feed_unit_id", "calendar_feed", ["organizer_id", "unit_id"])


def downgrade():
    op.drop_column("calendar_feed", "unit_id")
