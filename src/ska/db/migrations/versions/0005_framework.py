"""The framework: editions, items, wording filled in, local goals and indicators"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0005_framework"
down_revision = "0004_values"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "framework_edition",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("released", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=True),
        sa.Column("text_note", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("sources", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "loaded_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_edition")),
    )
    op.create_table(
        "framework_item",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "school_types",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column(
            "heading_is_official", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("text_status", sa.Text(), nullable=True),
        sa.Column("published_label", sa.Text(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["framework_edition.id"], name=op.f("fk_framework_item_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["framework_item.id"], name=op.f("fk_framework_item_parent_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_item")),
        sa.UniqueConstraint("edition_id", "code", name=op.f("uq_framework_item_edition_id_code")),
    )
    op.create_index(
        "ix_framework_item_published_label", "framework_item", ["published_label"], unique=False
    )
    op.create_table(
        "local_goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
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
            "valid_to IS NULL OR valid_from <= valid_to", name=op.f("ck_local_goal_from_before_to")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_local_goal_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_goal")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_local_goal_organizer_id_id")),
        sa.UniqueConstraint("organizer_id", "title", name=op.f("uq_local_goal_organizer_id_title")),
    )
    op.create_table(
        "framework_link",
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("to_id", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["framework_item.id"], name=op.f("fk_framework_link_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_id"], ["framework_item.id"], name=op.f("fk_framework_link_to_id")
        ),
        sa.PrimaryKeyConstraint("item_id", "to_id", name=op.f("pk_framework_link")),
    )
    op.create_index(op.f("ix_framework_link_to_id"), "framework_link", ["to_id"], unique=False)
    op.create_table(
        "framework_wording",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("school_type", sa.Text(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source_url", sa.Text(), nullable=False),
        sa.Column("seen_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
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
            "item_id IS NOT NULL OR (school_type IS NOT NULL AND number IS NOT NULL)",
            name=op.f("ck_framework_wording_is_placed"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["framework_edition.id"], name=op.f("fk_framework_wording_edition_id")
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["framework_item.id"], name=op.f("fk_framework_wording_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_framework_wording_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_wording")),
        sa.UniqueConstraint(
            "organizer_id", "id", name=op.f("uq_framework_wording_organizer_id_id")
        ),
    )
    op.create_index(
        op.f("ix_framework_wording_item_id"), "framework_wording", ["item_id"], unique=False
    )
    op.create_index(
        "uq_framework_wording_current",
        "framework_wording",
        ["organizer_id", "edition_id", "place"],
        unique=True,
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.create_table(
        "local_indicator",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("local_goal_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("better", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("caution", sa.Text(), nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
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
            "better IN ('higher', 'lower', 'neutral')", name=op.f("ck_local_indicator_better")
        ),
        sa.CheckConstraint("smallest_group >= 5", name=op.f("ck_local_indicator_smallest_group")),
        sa.ForeignKeyConstraint(
            ["organizer_id", "local_goal_id"],
            ["local_goal.organizer_id", "local_goal.id"],
            name=op.f("fk_local_indicator_organizer_id_local_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_local_indicator_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_indicator")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_local_indicator_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id", "name", name=op.f("uq_local_indicator_organizer_id_name")
        ),
    )
    op.create_table(
        "local_tie",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("local_goal_id", sa.Uuid(), nullable=True),
        sa.Column("local_indicator_id", sa.Uuid(), nullable=True),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
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
            "(local_goal_id IS NULL) <> (local_indicator_id IS NULL)",
            name=op.f("ck_local_tie_one_end_is_local"),
        ),
        sa.ForeignKeyConstraint(
            ["item_id"], ["framework_item.id"], name=op.f("fk_local_tie_item_id")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "local_goal_id"],
            ["local_goal.organizer_id", "local_goal.id"],
            name=op.f("fk_local_tie_organizer_id_local_goal_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "local_indicator_id"],
            ["local_indicator.organizer_id", "local_indicator.id"],
            name=op.f("fk_local_tie_organizer_id_local_indicator_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_local_tie_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_local_tie")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_local_tie_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "local_goal_id",
            "item_id",
            name=op.f("uq_local_tie_organizer_id_local_goal_id_item_id"),
        ),
        sa.UniqueConstraint(
            "organizer_id",
            "local_indicator_id",
            "item_id",
            name=op.f("uq_local_tie_organizer_id_local_indicator_id_item_id"),
        ),
    )
    op.create_index(op.f("ix_local_tie_item_id"), "local_tie", ["item_id"], unique=False)
    for table in ("framework_edition", "framework_item", "framework_link"):
        op.read_only(table)
    for table in ("framework_wording", "local_goal", "local_indicator", "local_tie"):
        op.protect(table)


def downgrade():
    op.drop_index(op.f("ix_local_tie_item_id"), table_name="local_tie")
    op.drop_table("local_tie")
    op.drop_table("local_indicator")
    op.drop_index(
        "uq_framework_wording_current",
        table_name="framework_wording",
        postgresql_where=sa.text("replaced_at IS NULL"),
    )
    op.drop_index(op.f("ix_framework_wording_item_id"), table_name="framework_wording")
    op.drop_table("framework_wording")
    op.drop_index(op.f("ix_framework_link_to_id"), table_name="framework_link")
    op.drop_table("framework_link")
    op.drop_table("local_goal")
    op.drop_index("ix_framework_item_published_label", table_name="framework_item")
    op.drop_table("framework_item")
    op.drop_table("framework_edition")
