"""A pinned number keeps why it is not counted as those before a break"""

import sqlalchemy as sa
from alembic import op

revision = "0056_since"
down_revision = "0053_units_divided"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column(
        "observation_value", sa.Column("since", sa.Text(), nullable=False, server_default="")
    )


def downgrade():
    op.drop_column("observation_value", "since")
