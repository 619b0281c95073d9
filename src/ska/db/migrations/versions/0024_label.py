"""An indicator of the huvudman's own may be a measure of the national tables"""

import sqlalchemy as sa
from alembic import op

revision = "0024_label"
down_revision = "0025_sharing"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("local_indicator", sa.Column("published_label", sa.Text(), nullable=True))


def downgrade():
    op.drop_column("local_indicator", "published_label")
