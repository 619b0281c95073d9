"""A unit's pupils may be divided too

As the huvudman's: girls and boys together, and of every kind of huvudman.
"""

import sqlalchemy as sa
from alembic import op

revision = "0053_units_divided"
down_revision = "0051_pupil_group"
branch_labels = None
depends_on = None

NAME = "ck_own_series_divided_as_a_whole"
OF = "pupil_group = 'all' OR ({} AND scope = 'all' AND gender = 'T')"


def _keep(areas):
    op.drop_constraint(op.f(NAME), "own_series", type_="check")
    op.create_check_constraint(op.f(NAME), "own_series", OF.format(areas))


def upgrade():
    _keep("area_type IN ('organizer', 'school_unit')")


def downgrade():
    units = "SELECT id FROM own_series WHERE pupil_group <> 'all' AND area_type = 'school_unit'"
    op.execute(sa.text(f"DELETE FROM own_value WHERE series_id IN ({units})"))  # noqa: S608  # put together of constants only
    op.execute(sa.text(f"DELETE FROM own_series WHERE id IN ({units})"))  # noqa: S608  # put together of constants only
    _keep("area_type = 'organizer'")
