"""Questions of a new rektor, with their answers"""

import sqlalchemy as sa
from alembic import op

revision = "0032_handover"
down_revision = "0026_xray"
branch_labels = None
depends_on = None


def upgrade():
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "handover_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", moment, nullable=True),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL)",
            name=op.f("ck_handover_question_answered_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_handover_question_organizer_id")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_handover_question_organizer_id_unit_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handover_question")),
        sa.UniqueConstraint(
            "organizer_id", "id", name=op.f("uq_handover_question_organizer_id_id")
        ),
    )
    op.create_index(
        "ix_handover_question_unit_id", "handover_question", ["organizer_id", "unit_id"]
    )
    op.protect("handover_question")


def downgrade():
    op.drop_table("handover_question")
