"""A draft insats is withdrawn and a planned follow-up cancelled, each with its reason"""

import sqlalchemy as sa
from alembic import op

revision = "0021_withdrawn"
down_revision = "0020_tries"
branch_labels = None
depends_on = None

GROUND = "area_id IS NOT NULL OR deficiency_id IS NOT NULL"


def upgrade():
    op.add_column("action", sa.Column("withdrawn_reason", sa.Text(), nullable=True))
    op.add_column("action", sa.Column("withdrawn_by", sa.Text(), nullable=True))
    op.drop_constraint(op.f("ck_action_in_force_has_ground"), "action")
    op.create_check_constraint(
        op.f("ck_action_in_force_has_ground"),
        "action",
        f"state IN ('draft', 'withdrawn') OR {GROUND}",
    )
    op.create_check_constraint(
        op.f("ck_action_withdrawn_why"),
        "action",
        "(state = 'withdrawn') = (withdrawn_reason IS NOT NULL)",
    )
    op.add_column("follow_up", sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("follow_up", sa.Column("cancelled_by", sa.Text(), nullable=True))
    op.add_column("follow_up", sa.Column("cancel_reason", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("ck_follow_up_cancelled_why"),
        "follow_up",
        "cancelled_at IS NULL OR (answered_at IS NULL AND cancel_reason IS NOT NULL)",
    )


def downgrade():
    op.drop_constraint(op.f("ck_follow_up_cancelled_why"), "follow_up")
    for name in ("cancelled_at", "cancelled_by", "cancel_reason"):
        op.drop_column("follow_up", name)
    op.drop_constraint(op.f("ck_action_withdrawn_why"), "action")
    op.drop_constraint(op.f("ck_action_in_force_has_ground"), "action")
    op.create_check_constraint(
        op.f("ck_action_in_force_has_ground"), "action", f"state = 'draft' OR {GROUND}"
    )
    op.drop_column("action", "withdrawn_by")
    op.drop_column("action", "withdrawn_reason")
