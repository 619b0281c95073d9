"""Own values keep how the people behind a mean differ (standard deviation)"""

import sqlalchemy as sa
from alembic import op

revision = "0072_spread_of_own_values"
down_revision = "0070_viewings_gathered"
branch_labels = None
depends_on = None


def upgrade():
    op.add_column("own_value", sa.Column("spread", sa.Double(), nullable=True))
    op.create_check_constraint(
        op.f("ck_own_value_spread"),
        "own_value",
        "spread IS NULL OR (value IS NOT NULL AND spread >= 0)",
    )


def downgrade():
    op.drop_constraint(op.f("ck_own_value_spread"), "own_value", type_="check")
    op.drop_column("own_value", "spread")
