"""Findings of the X-ray that are known false alarms"""

import sqlalchemy as sa
from alembic import op

revision = "0019_false_alarm"
down_revision = "0018_revisions"
branch_labels = None
depends_on = None


def upgrade():
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "false_alarm",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_false_alarm_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_false_alarm")),
        sa.UniqueConstraint(
            "organizer_id", "finding", name=op.f("uq_false_alarm_organizer_id_finding")
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_false_alarm_organizer_id_id")),
    )
    op.protect("false_alarm")


def downgrade():
    op.drop_table("false_alarm")
