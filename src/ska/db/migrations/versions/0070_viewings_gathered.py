"""Readings of a copy that are long past are a number a day and person, and no row each"""

import sqlalchemy as sa
from alembic import op

revision = "0070_viewings_gathered"
down_revision = "0069_told_back"
branch_labels = None
depends_on = None

TABLE = "share_viewing"
ONE = "organizer_id, grant_id, viewer_id, viewer, person_id, person_name, viewed_on"
HERE = "nullif(current_setting('app.organizer', true), '')::uuid"
# The app may add to the log and read it, never change it: this is the only way to make it shorter,
# and all that it can do is to add up.
GATHER = f"""
CREATE FUNCTION gather_viewings(whose uuid, before date) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH many AS (
    SELECT {ONE} FROM {TABLE}
    WHERE organizer_id = whose AND whose = {HERE} AND viewed_on < before
    GROUP BY {ONE} HAVING count(*) > 1
  ), gone AS (
    DELETE FROM {TABLE} v USING many m
    WHERE v.organizer_id = m.organizer_id AND v.grant_id = m.grant_id
      AND v.viewer_id = m.viewer_id AND v.viewer = m.viewer AND v.person_id = m.person_id
      AND v.person_name = m.person_name AND v.viewed_on = m.viewed_on
    RETURNING v.*
  ), kept AS (
    INSERT INTO {TABLE} ({ONE}, id, times, created_at, updated_at)
    SELECT {ONE}, gen_random_uuid(), sum(times), min(created_at), max(created_at)
    FROM gone GROUP BY {ONE}
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept)
$$"""  # noqa: S608  # put together of constants only


def upgrade():
    op.add_column(TABLE, sa.Column("times", sa.Integer(), server_default="1", nullable=False))
    op.create_check_constraint("ck_share_viewing_some", TABLE, "times > 0")
    op.execute(GATHER)
    op.execute("REVOKE ALL ON FUNCTION gather_viewings(uuid, date) FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION gather_viewings(uuid, date) TO ska_app")


def downgrade():
    """What has been gathered is a row for each time again."""
    op.execute("DROP FUNCTION gather_viewings(uuid, date)")
    op.execute(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
    op.execute(
        f"INSERT INTO {TABLE} ({ONE}, id, created_at, updated_at)"  # noqa: S608  # as above
        f" SELECT {ONE}, gen_random_uuid(), created_at, updated_at"
        f" FROM {TABLE}, generate_series(2, times)"
    )
    op.execute(f"ALTER TABLE {TABLE} FORCE ROW LEVEL SECURITY")
    op.drop_constraint("ck_share_viewing_some", TABLE)
    op.drop_column(TABLE, "times")
