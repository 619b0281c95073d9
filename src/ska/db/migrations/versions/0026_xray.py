"""What the X-ray finds in published values is kept; measures are looked up by title"""

import sqlalchemy as sa
from alembic import op

revision = "0026_xray"
down_revision = "0029_moderation"
branch_labels = None
depends_on = None


def _owned(table):
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    ]


def upgrade():
    op.create_index("ix_measure_title", "measure", ["title"])
    op.create_table(
        "xray_round",
        sa.Column("built_on", sa.DateTime(timezone=True)),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("found", sa.Integer(), nullable=False),
        *_owned("xray_round"),
        sa.UniqueConstraint("organizer_id", name="uq_xray_round_organizer_id"),
    )
    op.create_table(
        "xray_finding",
        sa.Column("finding", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("value_id", sa.BigInteger()),
        *_owned("xray_finding"),
        sa.UniqueConstraint("organizer_id", "finding", name="uq_xray_finding_organizer_id_finding"),
    )
    op.create_index("ix_xray_finding_place", "xray_finding", ["organizer_id", "place"])
    op.create_index(
        "ix_xray_finding_measure", "xray_finding", ["organizer_id", "source", "measure"]
    )
    for table in ("xray_round", "xray_finding"):
        op.protect(table)


def downgrade():
    op.drop_table("xray_finding")
    op.drop_table("xray_round")
    op.drop_index("ix_measure_title", "measure")
