"""An import is known by what it holds; a group of areas is read from an index alone"""

import sqlalchemy as sa
from alembic import op

revision = "0023_scale"
down_revision = "0021_withdrawn"
branch_labels = None
depends_on = None

CURRENT = sa.text("superseded_at IS NULL")


def upgrade():
    for table in ("value_import", "own_import"):
        op.add_column(table, sa.Column("digest", sa.Text(), server_default="", nullable=False))
    op.drop_index("ix_value_area", "value")
    op.create_index(
        "ix_value_area",
        "value",
        ["area_id", "period", "series_id"],
        postgresql_include=["value"],
        postgresql_where=CURRENT,
    )
    op.create_index(
        "ix_value_import_changed", "value_import", [sa.text("GREATEST(recorded_at, undone_at)")]
    )


def downgrade():
    op.drop_index("ix_value_import_changed", "value_import")
    op.drop_index("ix_value_area", "value")
    op.create_index("ix_value_area", "value", ["area_id", "series_id"], postgresql_where=CURRENT)
    for table in ("own_import", "value_import"):
        op.drop_column(table, "digest")
