"""A rektorsgrupp inside one huvudman, and the views that it has fixed for its meetings"""

import sqlalchemy as sa
from alembic import op

revision = "0057_groups"
down_revision = "0060_every_viewing"
branch_labels = None
depends_on = None

GROUP, MEMBER, VIEW = "principals_group", "group_member", "saved_view"


def _columns(*own):
    now, moment = sa.text("now()"), sa.DateTime(timezone=True)
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        *own,
        sa.Column("created_at", moment, server_default=now, nullable=False),
        sa.Column("updated_at", moment, server_default=now, nullable=False),
    ]


def _keys(table):
    return [
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=f"fk_{table}_organizer_id"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{table}_organizer_id_id"),
    ]


def _refers(table, column, to, **how):
    return sa.ForeignKeyConstraint(
        ["organizer_id", column],
        [f"{to}.organizer_id", f"{to}.id"],
        name=f"fk_{table}_organizer_id_{column}",
        **how,
    )


def _tables():
    op.create_table(
        GROUP,
        *_columns(
            sa.Column("slug", sa.Text(), nullable=False),
            sa.Column("name", sa.Text(), nullable=False),
            sa.Column("ended_at", sa.DateTime(timezone=True)),
        ),
        sa.UniqueConstraint("organizer_id", "slug", name=f"uq_{GROUP}_organizer_id_slug"),
        *_keys(GROUP),
    )
    op.create_table(
        MEMBER,
        *_columns(
            sa.Column("group_id", sa.Uuid(), nullable=False),
            sa.Column("unit_id", sa.Uuid(), nullable=False),
            sa.Column("leads", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        ),
        _refers(MEMBER, "group_id", GROUP, ondelete="CASCADE"),
        _refers(MEMBER, "unit_id", "school_unit"),
        sa.UniqueConstraint("group_id", "unit_id", name=f"uq_{MEMBER}_group_id_unit_id"),
        *_keys(MEMBER),
    )
    op.create_index("ix_group_member_unit_id", MEMBER, ["organizer_id", "unit_id"])
    op.create_index(
        "uq_group_member_leads", MEMBER, ["group_id"], unique=True,
        postgresql_where=sa.text("leads"),
    )  # fmt: skip


def upgrade():
    _tables()
    for table in (GROUP, MEMBER):
        op.protect(table)
    op.add_column(VIEW, sa.Column("group_id", sa.Uuid()))
    op.create_foreign_key(
        f"fk_{VIEW}_organizer_id_group_id", VIEW, GROUP,
        ["organizer_id", "group_id"], ["organizer_id", "id"],
    )  # fmt: skip
    op.create_index("ix_saved_view_group_id", VIEW, ["organizer_id", "group_id"])
    op.drop_constraint(op.f(f"ck_{VIEW}_whose"), VIEW, type_="check")
    op.create_check_constraint(
        op.f(f"ck_{VIEW}_whose"), VIEW, "whose IN ('mine', 'all', 'network', 'group')"
    )
    op.create_check_constraint(
        op.f(f"ck_{VIEW}_group_has_one"), VIEW, "(whose = 'group') = (group_id IS NOT NULL)"
    )


def downgrade():
    op.execute(f"DELETE FROM {VIEW} WHERE whose = 'group'")  # noqa: S608  # a constant
    op.drop_constraint(op.f(f"ck_{VIEW}_group_has_one"), VIEW, type_="check")
    op.drop_constraint(op.f(f"ck_{VIEW}_whose"), VIEW, type_="check")
    op.create_check_constraint(
        op.f(f"ck_{VIEW}_whose"), VIEW, "whose IN ('mine', 'all', 'network')"
    )
    op.drop_column(VIEW, "group_id")
    op.drop_table(MEMBER)
    op.drop_table(GROUP)
