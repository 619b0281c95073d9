"""Tables that a huvudman has taught us to read, and how its units are written in files"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0016_taught"
down_revision = "0015_pins"
branch_labels = None
depends_on = None


def _owned(table, unique, *columns):
    now = sa.text("now()")
    moment = sa.DateTime(timezone=True)
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f(f"fk_{table}_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f(f"uq_{table}_organizer_id_id")),
        sa.UniqueConstraint("organizer_id", unique, name=op.f(f"uq_{table}_organizer_id_{unique}")),
    )
    op.protect(table)


def upgrade():
    _owned(
        "table_lesson",
        "header",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("header", sa.Text(), nullable=False),
        sa.Column("lesson", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
    )
    _owned(
        "area_name",
        "written",
        sa.Column("written", sa.Text(), nullable=False),
        sa.Column("area_code", sa.Text(), nullable=False),
    )
    op.add_column("upload", sa.Column("dropped", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "upload",
        sa.Column("has_people", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )


def downgrade():
    op.drop_column("upload", "has_people")
    op.drop_column("upload", "dropped")
    op.drop_table("area_name")
    op.drop_table("table_lesson")
