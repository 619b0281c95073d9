"""Tavlor are made, named and given, and a network's is arranged by who leads it"""

import sqlalchemy as sa
from alembic import op

revision = "0058_boards"
down_revision = "0057_groups"
branch_labels = None
depends_on = None

TABLE = "dashboard"
MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
MAKER_LEADS = """EXISTS (SELECT 1 FROM network n WHERE n.id = dashboard.network_id
  AND n.coordinator_id = dashboard.organizer_id)"""
ARRANGED = f"network_id IN ({OUR_NETWORKS}) AND {MAKER_LEADS}"


def upgrade():
    op.add_column(TABLE, sa.Column("name", sa.Text()))
    for name, usual in (("lead", ""), ("made_by", ""), ("whose", "mine")):
        op.add_column(
            TABLE, sa.Column(name, sa.Text(), server_default=sa.text(f"'{usual}'"), nullable=False)
        )
    op.add_column(TABLE, sa.Column("unit_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("network_id", sa.Uuid()))
    op.add_column(TABLE, sa.Column("removed_at", sa.DateTime(timezone=True)))
    checks = {
        "whose": "whose IN ('mine', 'all', 'unit', 'network')",
        "unit_has_one": "(whose = 'unit') = (unit_id IS NOT NULL)",
        "network_has_one": "(whose = 'network') = (network_id IS NOT NULL)",
    }
    for name, rule in checks.items():
        op.create_check_constraint(f"ck_{TABLE}_{name}", TABLE, rule)
    op.create_foreign_key(
        f"fk_{TABLE}_organizer_id_unit_id", TABLE, "school_unit",
        ["organizer_id", "unit_id"], ["organizer_id", "id"],
    )  # fmt: skip
    op.create_foreign_key(f"fk_{TABLE}_network_id", TABLE, "network", ["network_id"], ["id"])
    op.create_index(
        f"uq_{TABLE}_network", TABLE, ["organizer_id", "network_id"],
        unique=True, postgresql_where=sa.text("network_id IS NOT NULL"),
    )  # fmt: skip
    op.create_index(f"ix_{TABLE}_network_id", TABLE, ["network_id"])
    op.create_index(f"ix_{TABLE}_unit_id", TABLE, ["organizer_id", "unit_id"])
    op.execute(f"CREATE POLICY arranged ON {TABLE} FOR SELECT USING ({ARRANGED})")


def downgrade():
    """Keep the shipped boards as people have arranged them; the others have no place any more."""
    op.execute(f"DROP POLICY arranged ON {TABLE}")
    op.execute(f"DELETE FROM {TABLE} WHERE name IS NOT NULL OR network_id IS NOT NULL")  # noqa: S608  # constants only
    op.drop_column(TABLE, "removed_at")
    op.drop_column(TABLE, "network_id")
    op.drop_column(TABLE, "unit_id")
    for name in ("whose", "made_by", "lead", "name"):
        op.drop_column(TABLE, name)
