"""Values: what is published, what is a huvudman's own, and the files they came in"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004_values"
down_revision = "0003_year"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "area",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("area_type", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=True),
        sa.Column("organizer_number", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("members", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("area_type", "code", name=op.f("uq_area_area_type_code")),
    )
    op.create_index("ix_area_organizer_number", "area", ["organizer_number"], unique=False)
    op.create_index("ix_area_unit_code", "area", ["unit_code"], unique=False)
    op.create_table(
        "measure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("definition_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("nature", sa.Text(), server_default="result", nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=True),
        sa.Column("scope_note", sa.Text(), nullable=True),
        sa.Column("next_publication", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure")),
        sa.UniqueConstraint("source", "code", name=op.f("uq_measure_source_code")),
    )
    op.create_table(
        "value",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finality", sa.Text(), nullable=False),
        sa.Column("raw_value", sa.Text(), nullable=True),
        sa.Column("carried_from", sa.Text(), nullable=True),
        sa.Column("import_id", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by", sa.UUID(), nullable=True),
        sa.CheckConstraint(
            "(value IS NOT NULL) = (status IN ('value', 'approximate'))",
            name=op.f("ck_value_gap_has_status"),
        ),
        sa.CheckConstraint("finality IN ('final', 'preliminary')", name=op.f("ck_value_finality")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value")),
    )
    op.create_index(
        "ix_value_area",
        "value",
        ["area_id", "series_id"],
        unique=False,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_index(
        "ix_value_history",
        "value",
        ["series_id", "area_id", "period"],
        unique=False,
        postgresql_where=sa.text("superseded_at IS NOT NULL"),
    )
    op.create_index(
        "ix_value_import", "value", ["import_id"], unique=False, postgresql_using="brin"
    )
    op.create_index(
        "uq_value_current",
        "value",
        ["series_id", "area_id", "period"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "value_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_name", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_value_import")),
    )
    op.create_table(
        "own_area",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("area_type", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("municipality_code", sa.Text(), nullable=True),
        sa.Column("organizer_number", sa.Text(), nullable=True),
        sa.Column("unit_code", sa.Text(), nullable=True),
        sa.Column("members", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_area_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_area")),
        sa.UniqueConstraint(
            "organizer_id",
            "area_type",
            "code",
            name=op.f("uq_own_area_organizer_id_area_type_code"),
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_area_organizer_id_id")),
    )
    op.create_table(
        "own_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("report", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_name", sa.Text(), server_default="", nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
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
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_import_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_import")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_import_organizer_id_id")),
    )
    op.create_table(
        "own_measure",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), server_default="", nullable=False),
        sa.Column("definition", sa.Text(), server_default="", nullable=False),
        sa.Column("definition_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("nature", sa.Text(), server_default="result", nullable=False),
        sa.Column("smallest_group", sa.Integer(), nullable=True),
        sa.Column("scope_note", sa.Text(), nullable=True),
        sa.Column("next_publication", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_measure_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_measure")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_measure_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id", "source", "code", name=op.f("uq_own_measure_organizer_id_source_code")
        ),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("measure_id", sa.BigInteger(), nullable=False),
        sa.Column("definition_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("area_type", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("period_type", sa.Text(), nullable=False),
        sa.CheckConstraint("gender IN ('T', 'K', 'M')", name=op.f("ck_series_gender")),
        sa.ForeignKeyConstraint(["measure_id"], ["measure.id"], name=op.f("fk_series_measure_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
        sa.UniqueConstraint(
            "measure_id",
            "area_type",
            "scope",
            "gender",
            "period_type",
            "definition_version",
            name=op.f("uq_series_measure_id_area_type_scope_gender_period_type_definition_version"),
        ),
    )
    op.create_table(
        "upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.UUID(), nullable=False),
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
            ["organizer_id"], ["organizer.id"], name=op.f("fk_upload_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_upload")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_upload_organizer_id_id")),
    )
    op.create_table(
        "own_series",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("measure_id", sa.BigInteger(), nullable=False),
        sa.Column("definition_version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("area_type", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("gender", sa.Text(), nullable=False),
        sa.Column("period_type", sa.Text(), nullable=False),
        sa.CheckConstraint("gender IN ('T', 'K', 'M')", name=op.f("ck_own_series_gender")),
        sa.ForeignKeyConstraint(
            ["organizer_id", "measure_id"],
            ["own_measure.organizer_id", "own_measure.id"],
            name=op.f("fk_own_series_organizer_id_measure_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_series_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_series")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_series_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "measure_id",
            "area_type",
            "scope",
            "gender",
            "period_type",
            "definition_version",
            name=op.f(
                "uq_own_series_organizer_id_measure_id_area_type_scope_gender_period_type_definition_version"
            ),
        ),
    )
    op.create_table(
        "own_value",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finality", sa.Text(), nullable=False),
        sa.Column("raw_value", sa.Text(), nullable=True),
        sa.Column("carried_from", sa.Text(), nullable=True),
        sa.Column("import_id", sa.UUID(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by", sa.UUID(), nullable=True),
        sa.CheckConstraint(
            "(value IS NOT NULL) = (status IN ('value', 'approximate'))",
            name=op.f("ck_own_value_gap_has_status"),
        ),
        sa.CheckConstraint(
            "finality IN ('final', 'preliminary')", name=op.f("ck_own_value_finality")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "area_id"],
            ["own_area.organizer_id", "own_area.id"],
            name=op.f("fk_own_value_organizer_id_area_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "import_id"],
            ["own_import.organizer_id", "own_import.id"],
            name=op.f("fk_own_value_organizer_id_import_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "series_id"],
            ["own_series.organizer_id", "own_series.id"],
            name=op.f("fk_own_value_organizer_id_series_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_own_value_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_value")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_own_value_organizer_id_id")),
    )
    op.create_index(
        "ix_own_value_history",
        "own_value",
        ["organizer_id", "series_id", "area_id", "period"],
        unique=False,
        postgresql_where=sa.text("superseded_at IS NOT NULL"),
    )
    op.create_index("ix_own_value_import", "own_value", ["organizer_id", "import_id"], unique=False)
    op.create_index(
        "uq_own_value_current",
        "own_value",
        ["organizer_id", "series_id", "area_id", "period"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    for table in (
        "own_measure",
        "own_area",
        "own_series",
        "own_import",
        "own_value",
        "upload",
    ):
        op.protect(table)
    for table in ("measure", "area", "series", "value", "value_import"):
        op.read_only(table)
    # A value is never changed or taken away: the application may only close it.
    op.execute("REVOKE UPDATE, DELETE ON own_value FROM ska_app")
    op.execute("GRANT UPDATE (superseded_at, superseded_by) ON own_value TO ska_app")
    op.execute("REVOKE UPDATE, DELETE ON own_import FROM ska_app")
    op.execute("GRANT UPDATE (undone_at, updated_at) ON own_import TO ska_app")


def downgrade():
    op.drop_index(
        "uq_own_value_current",
        table_name="own_value",
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.drop_index("ix_own_value_import", table_name="own_value")
    op.drop_index(
        "ix_own_value_history",
        table_name="own_value",
        postgresql_where=sa.text("superseded_at IS NOT NULL"),
    )
    op.drop_table("own_value")
    op.drop_table("own_series")
    op.drop_table("upload")
    op.drop_table("series")
    op.drop_table("own_measure")
    op.drop_table("own_import")
    op.drop_table("own_area")
    op.drop_table("value_import")
    op.drop_index(
        "uq_value_current", table_name="value", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("ix_value_import", table_name="value", postgresql_using="brin")
    op.drop_index(
        "ix_value_history",
        table_name="value",
        postgresql_where=sa.text("superseded_at IS NOT NULL"),
    )
    op.drop_index(
        "ix_value_area", table_name="value", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_table("value")
    op.drop_table("measure")
    op.drop_index("ix_area_unit_code", table_name="area")
    op.drop_index("ix_area_organizer_number", table_name="area")
    op.drop_table("area")
