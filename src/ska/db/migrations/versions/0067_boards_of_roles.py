"""A tavla may be given to those who hold a role: the rektorer, or the nämnd"""

from alembic import op

revision = "0067_boards_of_roles"
down_revision = "0066_borrowing"
branch_labels = None
depends_on = None

TABLE, NAME = "dashboard", "ck_dashboard_whose"


def upgrade():
    op.drop_constraint(NAME, TABLE)
    op.create_check_constraint(
        NAME, TABLE, "whose IN ('mine', 'all', 'unit', 'principals', 'board', 'network')"
    )


def downgrade():
    """What was given to a role is its maker's again."""
    op.execute("ALTER TABLE dashboard NO FORCE ROW LEVEL SECURITY")
    op.execute("UPDATE dashboard SET whose = 'mine' WHERE whose IN ('principals', 'board')")
    op.execute("ALTER TABLE dashboard FORCE ROW LEVEL SECURITY")
    op.drop_constraint(NAME, TABLE)
    op.create_check_constraint(NAME, TABLE, "whose IN ('mine', 'all', 'unit', 'network')")
