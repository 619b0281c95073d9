"""A pinned number leads to a huvudman's own values too, whose numbers pass what integer holds"""

import sqlalchemy as sa
from alembic import op

revision = "0015_pins"
down_revision = "0014_fetches"
branch_labels = None
depends_on = None


def upgrade():
    op.alter_column("observation_value", "value_id", type_=sa.BigInteger())


def downgrade():
    op.alter_column("observation_value", "value_id", type_=sa.Integer())
