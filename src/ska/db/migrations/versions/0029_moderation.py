"""Sambedömningar are kept"""

import sqlalchemy as sa
from alembic import op

revision = "0029_moderation"
down_revision = "0022_rejected"
branch_labels = None
depends_on = None

TABLE = "moderation_session"


def upgrade():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid()),
        sa.Column("analysis_id", sa.Uuid()),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("agreed_before", sa.Numeric()),
        sa.Column("agreed_after", sa.Numeric()),
        sa.Column("marking_hours", sa.Numeric()),
        sa.Column("analysis_hours", sa.Numeric()),
        sa.Column("learned", sa.Text(), server_default="", nullable=False),
        sa.Column("written_by", sa.Text(), nullable=False),
        sa.Column("struck_at", moment),
        sa.Column("struck_by", sa.Text()),
        sa.Column("struck_reason", sa.Text()),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.CheckConstraint("texts > 0", name=f"ck_{TABLE}_has_texts"),
        sa.CheckConstraint(
            "agreed_before BETWEEN 0 AND 100 AND agreed_after BETWEEN 0 AND 100",
            name=f"ck_{TABLE}_agreement_is_share",
        ),
        sa.CheckConstraint("marking_hours >= 0 AND analysis_hours >= 0", name=f"ck_{TABLE}_hours"),
        sa.CheckConstraint(
            "(struck_at IS NULL) = (struck_reason IS NULL)"
            " AND (struck_at IS NULL) = (struck_by IS NULL)",
            name=f"ck_{TABLE}_struck_why",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{TABLE}_organizer_id"
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=f"fk_{TABLE}_organizer_id_unit_id",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=f"fk_{TABLE}_organizer_id_analysis_id",
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{TABLE}_organizer_id_id"),
    )
    op.create_index("ix_moderation_session_held_on", TABLE, ["organizer_id", "held_on"])
    op.create_index("ix_moderation_session_analysis_id", TABLE, ["organizer_id", "analysis_id"])
    op.protect(TABLE)


def downgrade():
    op.drop_table(TABLE)
