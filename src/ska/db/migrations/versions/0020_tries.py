"""All tries to sign in are counted together, and old ones are found to be forgotten"""

from alembic import op

revision = "0020_tries"
down_revision = "0019_false_alarm"
branch_labels = None
depends_on = None


def upgrade():
    op.create_index("ix_sign_in_attempt_created_at", "sign_in_attempt", ["created_at"])


def downgrade():
    op.drop_index("ix_sign_in_attempt_created_at", table_name="sign_in_attempt")
