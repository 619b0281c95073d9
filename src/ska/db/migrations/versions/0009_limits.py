"""A huvudman's own limits for small groups; a value's number tells whose it is"""

import sqlalchemy as sa
from alembic import op

revision = "0009_limits"
down_revision = "0008_search"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "own_limit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("inside", sa.Integer(), nullable=False),
        sa.Column("outside", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("inside >= 5 AND outside >= 10", name=op.f("ck_own_limit_never_lower")),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_limit_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_limit")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_limit_organizer_id_id")),
        sa.UniqueConstraint("organizer_id", name=op.f("uq_own_limit_organizer_id")),
    )
    op.protect("own_limit")
    op.execute("ALTER TABLE own_value ALTER COLUMN id SET START WITH 1000000000000 RESTART")


def downgrade():
    op.drop_table("own_limit")
