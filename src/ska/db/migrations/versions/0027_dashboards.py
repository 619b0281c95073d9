"""A tavla as a person has arranged it"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0027_dashboards"
down_revision = "0032_handover"
branch_labels = None
depends_on = None


def upgrade():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    op.create_table(
        "dashboard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("board", sa.Text(), nullable=False),
        sa.Column("tiles", postgresql.JSONB(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_dashboard_organizer_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_dashboard_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dashboard")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_dashboard_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "person_id",
            "board",
            name=op.f("uq_dashboard_organizer_id_person_id_board"),
        ),
    )
    op.create_index(op.f("ix_dashboard_person_id"), "dashboard", ["person_id"])
    op.protect("dashboard")


def downgrade():
    op.drop_table("dashboard")
