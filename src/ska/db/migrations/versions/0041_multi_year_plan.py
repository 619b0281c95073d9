"""Plans over several years"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0041_multi_year_plan"
down_revision = "0036_national_dialogue"
branch_labels = None
depends_on = None

NAME = "multi_year_plan"
MOMENT = sa.DateTime(timezone=True)


def upgrade():
    now = sa.text("now()")
    op.create_table(
        NAME,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("first_year", sa.Integer(), nullable=False),
        sa.Column("subjects", JSONB(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column("struck_on", sa.Date()),
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{NAME}_organizer_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{NAME}"),
        sa.UniqueConstraint("organizer_id", "name", name=f"uq_{NAME}_organizer_id_name"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{NAME}_organizer_id_id"),
    )
    op.protect(NAME)


def downgrade():
    op.drop_table(NAME)
