"""A series knows which group of the pupils it is about

Both shelves have the column. Nothing by group is published, and the readers of what is published know
of no group: a constraint keeps it so. A huvudman's own are of its pupils as a whole: another keeps that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051_pupil_group"
down_revision = "0050_mail_tells"
branch_labels = None
depends_on = None

KEY = ("organizer_id", "measure_id", "area_type", "scope", "gender", "period_type")
DIVIDED = "pupil_group = 'all' OR (area_type = 'organizer' AND scope = 'all' AND gender = 'T')"


def _name(*columns):
    return op.f("_".join(("uq_own_series", *columns)))


def upgrade():
    for table in ("series", "own_series"):
        whole = sa.Column("pupil_group", sa.Text(), server_default="all", nullable=False)
        op.add_column(table, whole)
    op.create_check_constraint(op.f("ck_series_of_the_whole"), "series", "pupil_group = 'all'")
    op.create_check_constraint(op.f("ck_own_series_divided_as_a_whole"), "own_series", DIVIDED)
    before = (*KEY, "definition_version")
    now = (*KEY[:5], "pupil_group", *KEY[5:], "definition_version")
    op.drop_constraint(_name(*before), "own_series", type_="unique")
    op.create_unique_constraint(_name(*now), "own_series", now)


def downgrade():
    before = (*KEY, "definition_version")
    now = (*KEY[:5], "pupil_group", *KEY[5:], "definition_version")
    op.drop_constraint(_name(*now), "own_series", type_="unique")
    op.create_unique_constraint(_name(*before), "own_series", before)
    op.drop_constraint(op.f("ck_own_series_divided_as_a_whole"), "own_series", type_="check")
    op.drop_constraint(op.f("ck_series_of_the_whole"), "series", type_="check")
    for table in ("series", "own_series"):
        op.drop_column(table, "pupil_group")
