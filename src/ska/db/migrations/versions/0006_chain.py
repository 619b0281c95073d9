"""The chain: from observation to decision"""

import sqlalchemy as sa
from alembic import op

revision = "0006_chain"
down_revision = "0005_framework"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "analysis",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("written_by", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("established_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("established_by", sa.Text(), nullable=True),
        sa.Column("established_role", sa.Text(), nullable=True),
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
            "(level = 'unit') = (unit_id IS NOT NULL)", name=op.f("ck_analysis_unit_level_has_unit")
        ),
        sa.CheckConstraint(
            "(state = 'established') = (established_at IS NOT NULL)",
            name=op.f("ck_analysis_established_when"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_analysis_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_analysis_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_analysis_organizer_id_id")),
    )
    op.create_index("ix_analysis_year", "analysis", ["organizer_id", "year"], unique=False)
    op.create_table(
        "deficiency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("mended_on", sa.Date(), nullable=True),
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
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_deficiency_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_deficiency_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deficiency")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_deficiency_organizer_id_id")),
    )
    op.create_table(
        "analysis_unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_analysis_unit_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_analysis_unit_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_analysis_unit_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_analysis_unit")),
        sa.UniqueConstraint(
            "organizer_id",
            "analysis_id",
            "unit_id",
            name=op.f("uq_analysis_unit_organizer_id_analysis_id_unit_id"),
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_analysis_unit_organizer_id_id")),
    )
    op.create_table(
        "development_area",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_development_area_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_development_area_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_development_area")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_development_area_organizer_id_id")),
    )
    op.create_index(
        "ix_development_area_analysis_id",
        "development_area",
        ["organizer_id", "analysis_id"],
        unique=False,
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_finding_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_finding_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_finding_organizer_id_id")),
    )
    op.create_index(
        "ix_finding_analysis_id", "finding", ["organizer_id", "analysis_id"], unique=False
    )
    op.create_table(
        "observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("population", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("unit_of_measure", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("observed_on", sa.Date(), nullable=True),
        sa.Column("is_kept", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("origin", sa.Text(), server_default=sa.text("'written'"), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_observation_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_observation_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_observation_organizer_id_id")),
    )
    op.create_index(
        "ix_observation_analysis_id", "observation", ["organizer_id", "analysis_id"], unique=False
    )
    op.create_table(
        "participation_record",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("group", sa.Text(), nullable=False),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.Column("took_part", sa.Boolean(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=True),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_participation_record_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_participation_record_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participation_record")),
        sa.UniqueConstraint(
            "organizer_id", "id", name=op.f("uq_participation_record_organizer_id_id")
        ),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("area_id", sa.Uuid(), nullable=True),
        sa.Column("deficiency_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("governance_level", sa.Text(), nullable=False),
        sa.Column("horizon", sa.Text(), nullable=False),
        sa.Column("owner_role", sa.Text(), nullable=False),
        sa.Column(
            "is_investigation", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
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
            "state = 'draft' OR area_id IS NOT NULL OR deficiency_id IS NOT NULL",
            name=op.f("ck_action_in_force_has_ground"),
        ),
        sa.CheckConstraint(
            "ends IS NULL OR starts <= ends", name=op.f("ck_action_starts_before_it_ends")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "area_id"],
            ["development_area.organizer_id", "development_area.id"],
            name=op.f("fk_action_organizer_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "deficiency_id"],
            ["deficiency.organizer_id", "deficiency.id"],
            name=op.f("fk_action_organizer_id_deficiency_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_action_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_action_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_action_organizer_id_id")),
    )
    op.create_index("ix_action_area_id", "action", ["organizer_id", "area_id"], unique=False)
    op.create_index("ix_action_state", "action", ["organizer_id", "state"], unique=False)
    op.create_table(
        "cause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("certainty", sa.Text(), nullable=False),
        sa.Column("is_external", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("is_open", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("owner_role", sa.Text(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=True),
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
            "NOT is_open OR (owner_role IS NOT NULL AND answer_by IS NOT NULL)",
            name=op.f("ck_cause_open_question_has_owner"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_cause_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "finding_id"],
            ["finding.organizer_id", "finding.id"],
            name=op.f("fk_cause_organizer_id_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_cause_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cause")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_cause_organizer_id_id")),
    )
    op.create_index("ix_cause_analysis_id", "cause", ["organizer_id", "analysis_id"], unique=False)
    op.create_table(
        "expected_effect",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("expected_by", sa.Date(), nullable=True),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_expected_effect_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "area_id"],
            ["development_area.organizer_id", "development_area.id"],
            name=op.f("fk_expected_effect_organizer_id_area_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_expected_effect_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expected_effect")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_expected_effect_organizer_id_id")),
    )
    op.create_index(
        "ix_expected_effect_area_id", "expected_effect", ["organizer_id", "area_id"], unique=False
    )
    op.create_table(
        "finding_observation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_finding_observation_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "finding_id"],
            ["finding.organizer_id", "finding.id"],
            name=op.f("fk_finding_observation_organizer_id_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "observation_id"],
            ["observation.organizer_id", "observation.id"],
            name=op.f("fk_finding_observation_organizer_id_observation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_finding_observation_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_observation")),
        sa.UniqueConstraint(
            "organizer_id",
            "finding_id",
            "observation_id",
            name=op.f("uq_finding_observation_organizer_id_finding_id_observation_id"),
        ),
        sa.UniqueConstraint(
            "organizer_id", "id", name=op.f("uq_finding_observation_organizer_id_id")
        ),
    )
    op.create_table(
        "finding_tag",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("finding_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_finding_tag_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "finding_id"],
            ["finding.organizer_id", "finding.id"],
            name=op.f("fk_finding_tag_organizer_id_finding_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_finding_tag_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_tag")),
        sa.UniqueConstraint(
            "organizer_id",
            "finding_id",
            "kind",
            "item",
            name=op.f("uq_finding_tag_organizer_id_finding_id_kind_item"),
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_finding_tag_organizer_id_id")),
    )
    op.create_index(
        "ix_finding_tag_item", "finding_tag", ["organizer_id", "kind", "item"], unique=False
    )
    op.create_table(
        "observation_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Numeric(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default=sa.text("'value'"), nullable=False),
        sa.Column("value_id", sa.Integer(), nullable=True),
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
        sa.CheckConstraint("n IS NULL OR n > 0", name=op.f("ck_observation_value_n_is_positive")),
        sa.ForeignKeyConstraint(
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_observation_value_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "observation_id"],
            ["observation.organizer_id", "observation.id"],
            name=op.f("fk_observation_value_organizer_id_observation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_observation_value_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_observation_value")),
        sa.UniqueConstraint(
            "organizer_id", "id", name=op.f("uq_observation_value_organizer_id_id")
        ),
    )
    op.create_index(
        "ix_observation_value_observation_id",
        "observation_value",
        ["organizer_id", "observation_id"],
        unique=False,
    )
    op.create_table(
        "area_cause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("area_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_area_cause_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "area_id"],
            ["development_area.organizer_id", "development_area.id"],
            name=op.f("fk_area_cause_organizer_id_area_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "cause_id"],
            ["cause.organizer_id", "cause.id"],
            name=op.f("fk_area_cause_organizer_id_cause_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_area_cause_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area_cause")),
        sa.UniqueConstraint(
            "organizer_id",
            "area_id",
            "cause_id",
            name=op.f("uq_area_cause_organizer_id_area_id_cause_id"),
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_area_cause_organizer_id_id")),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("analysis_id", sa.Uuid(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("observation_id", sa.Uuid(), nullable=True),
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
            ["organizer_id", "analysis_id"],
            ["analysis.organizer_id", "analysis.id"],
            name=op.f("fk_evidence_organizer_id_analysis_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "cause_id"],
            ["cause.organizer_id", "cause.id"],
            name=op.f("fk_evidence_organizer_id_cause_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "observation_id"],
            ["observation.organizer_id", "observation.id"],
            name=op.f("fk_evidence_organizer_id_observation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_evidence_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_evidence_organizer_id_id")),
    )
    op.create_index("ix_evidence_cause_id", "evidence", ["organizer_id", "cause_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("done_answer", sa.Text(), nullable=True),
        sa.Column("what_happened", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("effect_answer", sa.Text(), nullable=True),
        sa.Column("effect_ground", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("learned", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Text(), nullable=True),
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
            "(answered_at IS NULL) = (done_answer IS NULL) AND (done_answer IS NULL) = (effect_answer IS NULL)",
            name=op.f("ck_follow_up_answered_whole"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "action_id"],
            ["action.organizer_id", "action.id"],
            name=op.f("fk_follow_up_organizer_id_action_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_follow_up_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_follow_up_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_follow_up_organizer_id_id")),
    )
    op.create_index(
        "ix_follow_up_action_id", "follow_up", ["organizer_id", "action_id"], unique=False
    )
    op.create_index(
        "ix_follow_up_planned_on", "follow_up", ["organizer_id", "planned_on"], unique=False
    )
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
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
            ["organizer_id", "follow_up_id"],
            ["follow_up.organizer_id", "follow_up.id"],
            name=op.f("fk_decision_organizer_id_follow_up_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_decision_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_decision_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_decision_organizer_id_id")),
    )
    op.create_index(
        "uq_decision_follow_up", "decision", ["organizer_id", "follow_up_id"], unique=True
    )
    for table in (
        "analysis",
        "deficiency",
        "analysis_unit",
        "development_area",
        "finding",
        "observation",
        "participation_record",
        "action",
        "cause",
        "expected_effect",
        "finding_observation",
        "finding_tag",
        "observation_value",
        "area_cause",
        "evidence",
        "follow_up",
        "decision",
    ):
        op.protect(table)


def downgrade():
    op.drop_index("uq_decision_follow_up", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_follow_up_planned_on", table_name="follow_up")
    op.drop_index("ix_follow_up_action_id", table_name="follow_up")
    op.drop_table("follow_up")
    op.drop_index("ix_evidence_cause_id", table_name="evidence")
    op.drop_table("evidence")
    op.drop_table("area_cause")
    op.drop_index("ix_observation_value_observation_id", table_name="observation_value")
    op.drop_table("observation_value")
    op.drop_index("ix_finding_tag_item", table_name="finding_tag")
    op.drop_table("finding_tag")
    op.drop_table("finding_observation")
    op.drop_index("ix_expected_effect_area_id", table_name="expected_effect")
    op.drop_table("expected_effect")
    op.drop_index("ix_cause_analysis_id", table_name="cause")
    op.drop_table("cause")
    op.drop_index("ix_action_state", table_name="action")
    op.drop_index("ix_action_area_id", table_name="action")
    op.drop_table("action")
    op.drop_table("participation_record")
    op.drop_index("ix_observation_analysis_id", table_name="observation")
    op.drop_table("observation")
    op.drop_index("ix_finding_analysis_id", table_name="finding")
    op.drop_table("finding")
    op.drop_index("ix_development_area_analysis_id", table_name="development_area")
    op.drop_table("development_area")
    op.drop_table("analysis_unit")
    op.drop_table("deficiency")
    op.drop_index("ix_analysis_year", table_name="analysis")
    op.drop_table("analysis")
