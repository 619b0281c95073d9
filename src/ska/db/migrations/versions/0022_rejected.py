"""What stood in a rejected cell of a huvudman's own file is not kept"""

from alembic import op

revision = "0022_rejected"
down_revision = "0024_label"
branch_labels = None
depends_on = None


def upgrade():
    # The owner too is under row-level security; for this one statement it sees every huvudman.
    op.execute("ALTER TABLE own_import NO FORCE ROW LEVEL SECURITY")
    op.execute(
        """
        UPDATE own_import SET report = report || jsonb_build_object('rejected',
          (SELECT coalesce(jsonb_agg(one || '{"raw": null}'), '[]')
           FROM jsonb_array_elements(report -> 'rejected') one))
        WHERE jsonb_typeof(report -> 'rejected') = 'array'
        """
    )
    op.execute("ALTER TABLE own_import FORCE ROW LEVEL SECURITY")


def downgrade():
    """Nothing: what is gone is gone."""
