"""Networks that huvudmän form themselves, and what they share with each other"""

import sqlalchemy as sa
from alembic import op

revision = "0025_sharing"
down_revision = "0023_scale"
branch_labels = None
depends_on = None

MINE = "ANY ((SELECT string_to_array(nullif(current_setting('app.organizers', true), ''), ',')::uuid[])::uuid[])"
HERE = "nullif(current_setting('app.organizer', true), '')::uuid"
TODAY = "(now() AT TIME ZONE 'Europe/Stockholm')::date"
OUR_NETWORKS = f"""SELECT m.network_id FROM network_member m
  WHERE m.organizer_id = {MINE} AND m.valid_from IS NOT NULL AND m.valid_to IS NULL"""  # noqa: S608  # put together of constants only
GIVER_IS_IN = """EXISTS (SELECT 1 FROM network_member g WHERE g.network_id = share_grant.network_id
  AND g.organizer_id = share_grant.organizer_id AND g.valid_from IS NOT NULL AND g.valid_to IS NULL)"""
RECEIVED = f"withdrawn_at IS NULL AND until >= {TODAY} AND network_id IN ({OUR_NETWORKS}) AND {GIVER_IS_IN}"
RECIPROCAL = f"""EXISTS (
  SELECT 1 FROM share_grant theirs JOIN share_grant mine
    ON mine.network_id = theirs.network_id AND mine.kind = theirs.kind AND mine.item = theirs.item
  WHERE theirs.organizer_id = shared_value.organizer_id AND theirs.id = shared_value.grant_id
    AND theirs.withdrawn_at IS NULL AND theirs.until >= {TODAY}
    AND mine.organizer_id = {MINE} AND mine.withdrawn_at IS NULL AND mine.until >= {TODAY})"""  # noqa: S608  # put together of constants only
READ = """EXISTS (SELECT 1 FROM share_grant g
  WHERE g.organizer_id = share_viewing.organizer_id AND g.id = share_viewing.grant_id)"""
COORDINATED = f"network_id IN (SELECT n.id FROM network n WHERE n.coordinator_id = {HERE})"  # noqa: S608  # as above


def _columns():
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
    ]


def _grants():
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "share_grant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("network_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("copied_at", moment, nullable=False),
        sa.Column("withdrawn_at", moment),
        sa.Column("withdrawn_by", sa.Text()),
        *_columns(),
        sa.CheckConstraint("kind IN ('indicator')", name="ck_share_grant_kind"),
        sa.ForeignKeyConstraint(["network_id"], ["network.id"], name="fk_share_grant_network_id"),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name="fk_share_grant_organizer_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_share_grant"),
        sa.UniqueConstraint("organizer_id", "id", name="uq_share_grant_organizer_id_id"),
    )
    op.create_index(
        "uq_share_grant_live",
        "share_grant",
        ["organizer_id", "network_id", "kind", "item"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index("ix_share_grant_network", "share_grant", ["network_id", "kind", "item"])


def _values():
    op.create_table(
        "shared_value",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("period_type", sa.Text(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("value", sa.Double()),
        sa.Column("n", sa.Integer()),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("finality", sa.Text(), nullable=False),
        sa.Column("carried_from", sa.Text()),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_columns(),
        sa.CheckConstraint(
            "(value IS NOT NULL) = (status IN ('value', 'approximate'))",
            name="ck_shared_value_gap_has_status",
        ),
        *_refers_to_grant("shared_value"),
    )
    op.create_index("ix_shared_value_grant", "shared_value", ["organizer_id", "grant_id"])


def _viewings():
    op.create_table(
        "share_viewing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("grant_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("viewer", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("person_name", sa.Text(), nullable=False),
        sa.Column("viewed_on", sa.Date(), nullable=False),
        *_columns(),
        sa.ForeignKeyConstraint(["viewer_id"], ["organizer.id"], name="fk_share_viewing_viewer_id"),
        *_refers_to_grant("share_viewing"),
    )
    op.create_index(
        "uq_share_viewing_day", "share_viewing", ["grant_id", "person_id", "viewed_on"], unique=True
    )
    op.create_index("ix_share_viewing_viewer", "share_viewing", ["viewer_id"])


def _refers_to_grant(table):
    return [
        sa.ForeignKeyConstraint(
            ["organizer_id", "grant_id"],
            ["share_grant.organizer_id", "share_grant.id"],
            name=f"fk_{table}_organizer_id_grant_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    ]


def _networks():
    """Let the app form networks: the coordinator invites, each huvudman answers for itself."""
    op.add_column("network", sa.Column("coordinator_id", sa.Uuid()))
    op.create_foreign_key(
        "fk_network_coordinator_id", "network", "organizer", ["coordinator_id"], ["id"]
    )
    op.execute("UPDATE network_member SET valid_from = created_at::date WHERE valid_from IS NULL")
    op.execute("GRANT INSERT, UPDATE (name, updated_at) ON network TO ska_app")
    op.execute(
        "GRANT INSERT, UPDATE (valid_from, valid_to, updated_at) ON network_member TO ska_app"
    )
    for table in ("network", "network_member"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY reading ON {table} FOR SELECT USING (true)")
    op.execute(f"CREATE POLICY adding ON network FOR INSERT WITH CHECK (coordinator_id = {HERE})")
    op.execute(
        f"CREATE POLICY changing ON network FOR UPDATE USING (coordinator_id = {HERE})"
        f" WITH CHECK (coordinator_id = {HERE})"
    )
    invited = "(valid_from IS NULL OR valid_to IS NOT NULL)"
    op.execute(
        f"CREATE POLICY adding ON network_member FOR INSERT"
        f" WITH CHECK ({COORDINATED} AND (organizer_id = {HERE} OR {invited}))"
    )
    op.execute(
        f"CREATE POLICY changing ON network_member FOR UPDATE"
        f" USING ((organizer_id = {HERE} AND valid_to IS NULL) OR {COORDINATED})"
        f" WITH CHECK (organizer_id = {HERE} OR ({COORDINATED} AND {invited}))"
    )


def upgrade():
    _networks()
    _grants()
    _values()
    _viewings()
    for table in ("share_grant", "shared_value", "share_viewing"):
        op.protect(table)
    op.execute(f"CREATE POLICY receiving ON share_grant FOR SELECT USING ({RECEIVED})")
    op.execute(f"CREATE POLICY receiving ON shared_value FOR SELECT USING ({RECIPROCAL})")
    op.execute(
        f"CREATE POLICY viewing ON share_viewing FOR INSERT WITH CHECK (viewer_id = {HERE} AND {READ})"
    )
    op.execute("REVOKE UPDATE, DELETE ON share_viewing FROM ska_app")


def downgrade():
    op.drop_table("share_viewing")
    op.drop_table("shared_value")
    op.drop_table("share_grant")
    for table in ("network", "network_member"):
        for policy in ("reading", "adding", "changing"):
            op.execute(f"DROP POLICY {policy} ON {table}")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
        op.read_only(table)
    op.drop_constraint("fk_network_coordinator_id", "network")
    op.drop_column("network", "coordinator_id")
