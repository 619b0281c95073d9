"""What a person has put away from the start page"""

import sqlalchemy as sa
from alembic import op

revision = "0007_overview"
down_revision = "0006_chain"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "put_away",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("put_away_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_put_away_organizer_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_put_away_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_put_away")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_put_away_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "person_id",
            "part",
            name=op.f("uq_put_away_organizer_id_person_id_part"),
        ),
    )
    op.create_index(op.f("ix_put_away_person_id"), "put_away", ["person_id"])
    op.protect("put_away")


def downgrade():
    op.drop_table("put_away")
