"""Every reading of a copy is noted, not only the first of a day"""

from alembic import op

revision = "0060_every_viewing"
down_revision = "0056_since"
branch_labels = None
depends_on = None

_OF = ["grant_id", "person_id", "viewed_on"]


def upgrade():
    op.drop_index("uq_share_viewing_day", "share_viewing")
    op.create_index("ix_share_viewing_grant", "share_viewing", _OF)


def downgrade():
    """Keep the first reading of a day, which is all that was kept before."""
    op.execute(
        "DELETE FROM share_viewing a USING share_viewing b WHERE a.grant_id = b.grant_id"
        " AND a.person_id = b.person_id AND a.viewed_on = b.viewed_on AND a.id > b.id"
    )
    op.drop_index("ix_share_viewing_grant", "share_viewing")
    op.create_index("uq_share_viewing_day", "share_viewing", _OF, unique=True)
