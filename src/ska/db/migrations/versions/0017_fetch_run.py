"""The table of fetches gets a name that is no word of SQL's own"""

from alembic import op

revision = "0017_fetch_run"
down_revision = "0016_taught"
branch_labels = None
depends_on = None

CONSTRAINTS = (
    "pk_{}",
    "fk_{}_organizer_id",
    "uq_{}_organizer_id_key",
    "uq_{}_organizer_id_id",
    "ck_{}_state",
)


def upgrade():
    _rename("fetch", "fetch_run")


def downgrade():
    _rename("fetch_run", "fetch")


def _rename(before, after):
    op.execute(f'ALTER TABLE "{before}" RENAME TO "{after}"')
    for name in CONSTRAINTS:
        op.execute(
            f'ALTER TABLE "{after}" RENAME CONSTRAINT "{name.format(before)}"'
            f' TO "{name.format(after)}"'
        )
