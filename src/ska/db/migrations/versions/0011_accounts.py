"""An import's kept account names its rejected cells and gives each warning a code"""

from alembic import op

revision = "0011_accounts"
down_revision = "0010_once"
branch_labels = None
depends_on = None

TABLES = ("own_import", "value_import")
FORWARD = """
UPDATE {table} SET report = (report - 'rejections') || jsonb_build_object(
  'rejected', coalesce(report -> 'rejections', '[]'),
  'rejected_cells', report -> 'rejected',
  'warnings', (SELECT coalesce(jsonb_agg(
      jsonb_build_object('code', 'noted', 'text', said, 'measure', NULL)), '[]')
    FROM jsonb_array_elements(report -> 'warnings') said))
WHERE jsonb_typeof(report -> 'rejected') = 'number'
"""
BACK = """
UPDATE {table} SET report = (
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(report) WHERE key IN ('file', 'source', 'kind',
      'title', 'rows', 'cells', 'by_status', 'new', 'unchanged', 'revised', 'refused', 'import_id')
  ) || jsonb_build_object(
  'rejections', report -> 'rejected',
  'rejected', report -> 'rejected_cells',
  'warnings', (SELECT coalesce(jsonb_agg(said -> 'text'), '[]')
    FROM jsonb_array_elements(report -> 'warnings') said))
WHERE jsonb_typeof(report -> 'rejected') = 'array'
"""


def upgrade():
    _change(FORWARD)


def downgrade():
    _change(BACK)


def _change(statement):
    # The owner too is under row-level security; for this one statement it sees every huvudman.
    op.execute("ALTER TABLE own_import NO FORCE ROW LEVEL SECURITY")
    for table in TABLES:
        op.execute(statement.format(table=table))
    op.execute("ALTER TABLE own_import FORCE ROW LEVEL SECURITY")
