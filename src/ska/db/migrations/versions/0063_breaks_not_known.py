"""Numbers that were pinned before breaks were kept say that breaks are not known"""

import sqlalchemy as sa
from alembic import op

revision = "0063_breaks_not_known"
down_revision = "0059_accepted_shift"
branch_labels = None
depends_on = None

# Of an observation that holds a break the others are known too; what people typed has no series.
UNKNOWN = """
UPDATE observation_value one SET since = NULL
WHERE one.value_id IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM observation_value other
  WHERE other.organizer_id = one.organizer_id AND other.observation_id = one.observation_id
    AND other.since <> ''
)
"""


def upgrade():
    op.alter_column("observation_value", "since", existing_type=sa.Text(), nullable=True)
    op.execute("ALTER TABLE observation_value NO FORCE ROW LEVEL SECURITY")
    op.execute(UNKNOWN)
    op.execute("ALTER TABLE observation_value FORCE ROW LEVEL SECURITY")


def downgrade():
    op.execute("ALTER TABLE observation_value NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE observation_value SET since = '' WHERE since IS NULL")
    op.execute("ALTER TABLE observation_value FORCE ROW LEVEL SECURITY")
    op.alter_column("observation_value", "since", existing_type=sa.Text(), nullable=False)
