"""Written texts and their versions"""

import sqlalchemy as sa
from alembic import op

revision = "0002_writing"
down_revision = "0001_house"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "written_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("writer_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("writer_roles", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.CheckConstraint("version >= 0", name=op.f("ck_written_text_version_counts_up")),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_written_text_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_written_text_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_written_text")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_written_text_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "subject_kind",
            "subject_id",
            "key",
            name=op.f("uq_written_text_organizer_id_subject_kind_subject_id_key"),
        ),
    )
    op.create_table(
        "text_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("text_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("writer_id", sa.Uuid(), nullable=True),
        sa.Column("writer_name", sa.Text(), nullable=False),
        sa.Column("writer_roles", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
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
        sa.CheckConstraint(
            "reason IN ('replaced', 'established', 'set_aside')",
            name=op.f("ck_text_version_reason_is_known"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "text_id"],
            ["written_text.organizer_id", "written_text.id"],
            name=op.f("fk_text_version_organizer_id_text_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_text_version_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_text_version_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_text_version")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_text_version_organizer_id_id")),
    )
    op.create_index(
        "ix_text_version_text", "text_version", ["organizer_id", "text_id", "number"], unique=False
    )
    for table in ("written_text", "text_version"):
        op.protect(table)
    op.execute("REVOKE UPDATE, DELETE ON text_version FROM ska_app")


def downgrade():
    op.drop_index("ix_text_version_text", table_name="text_version")
    op.drop_table("text_version")
    op.drop_table("written_text")
