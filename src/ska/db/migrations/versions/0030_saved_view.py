"""Comparisons are saved as views, and a network may fix one for its meeting"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0030_saved_view"
down_revision = "0028_effects"
branch_labels = None
depends_on = None

TABLE = "saved_view"
MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
MAKER_IS_IN = """EXISTS (SELECT 1 FROM network_member g WHERE g.network_id = saved_view.network_id
  AND g.organizer_id = saved_view.organizer_id AND g.valid_from IS NOT NULL AND g.valid_to IS NULL)"""
FIXED = f"removed_at IS NULL AND network_id IN ({OUR_NETWORKS}) AND {MAKER_IS_IN}"


def upgrade():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    op.create_table(
        TABLE,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("question", postgresql.JSONB(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("network_id", sa.Uuid()),
        sa.Column("meeting_on", sa.Date()),
        sa.Column("removed_at", moment),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.CheckConstraint("whose IN ('mine', 'all', 'network')", name=f"ck_{TABLE}_whose"),
        sa.CheckConstraint(
            "(whose = 'network') = (network_id IS NOT NULL)", name=f"ck_{TABLE}_network_has_one"
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{TABLE}_organizer_id"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=f"fk_{TABLE}_person_id"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name=f"fk_{TABLE}_network_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{TABLE}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{TABLE}_organizer_id_id"),
    )
    op.create_index("ix_saved_view_network_id", TABLE, ["network_id"])
    op.protect(TABLE)
    op.execute(f"CREATE POLICY meeting ON {TABLE} FOR SELECT USING ({FIXED})")


def downgrade():
    op.drop_table(TABLE)
