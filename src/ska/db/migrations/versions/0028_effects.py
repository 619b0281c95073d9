"""What insatser are expected to change, frozen with what it is judged by, and what was read"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0028_effects"
down_revision = "0027_dashboards"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _table(name, *columns):
    now = sa.text("now()")
    op.create_table(
        name,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        *columns,
        sa.Column("created_at", MOMENT, server_default=now, nullable=False),
        sa.Column("updated_at", MOMENT, server_default=now, nullable=False),
        sa.ForeignKeyConstraint(["organizer_id"], ["organizer.id"], name=f"fk_{name}_organizer_id"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.UniqueConstraint("organizer_id", "id", name=f"uq_{name}_organizer_id_id"),
    )
    op.protect(name)


def _refers(name, column, to):
    return sa.ForeignKeyConstraint(
        ["organizer_id", column],
        [f"{to}.organizer_id", f"{to}.id"],
        name=f"fk_{name}_organizer_id_{column}",
    )


def _text(name, *, empty=False):
    default = sa.text("''") if empty else None
    return sa.Column(name, sa.Text(), nullable=False, server_default=default)


def _expectation():
    name = "expectation"
    checks = {
        "size_is_positive": "size > 0",
        "direction": "direction IN ('higher', 'lower')",
        "gender": "gender IN ('T', 'K', 'M')",
        "frozen_or_why_not": "(fingerprint = '') = (reason <> '')",
        "withdrawn_why": "(withdrawn_at IS NULL) = (withdrawn_reason IS NULL)",
    }
    _table(
        name,
        sa.Column("action_id", sa.Uuid(), nullable=False),
        sa.Column("effect_id", sa.Uuid()),
        sa.Column("unit_id", sa.Uuid()),
        *map(_text, ("indicator", "title", "gender", "direction")),
        sa.Column("size", sa.Numeric(), nullable=False),
        *map(_text, ("unit_of_measure", "expected_in")),
        sa.Column("is_own", sa.Boolean(), nullable=False),
        *map(_text, ("source", "measure", "scope", "area_type", "area_code", "area")),
        _text("period_type"),
        sa.Column("definition_version", sa.Integer(), nullable=False),
        sa.Column("detectable", sa.Double()),
        _text("fingerprint", empty=True),
        _text("reason", empty=True),
        sa.Column("written_at", MOMENT, nullable=False),
        _text("written_by"),
        sa.Column("withdrawn_at", MOMENT),
        sa.Column("withdrawn_by", sa.Text()),
        sa.Column("withdrawn_reason", sa.Text()),
        *(sa.CheckConstraint(rule, name=f"ck_{name}_{one}") for one, rule in checks.items()),
        _refers(name, "action_id", "action"),
        _refers(name, "effect_id", "expected_effect"),
        _refers(name, "unit_id", "school_unit"),
    )
    op.create_index("ix_expectation_action_id", name, ["organizer_id", "action_id"])
    op.execute("REVOKE UPDATE, DELETE ON expectation FROM ska_app")
    op.execute(
        "GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_reason, updated_at)"
        " ON expectation TO ska_app"
    )


def _ground():
    name = "frozen_ground"
    _table(
        name,
        sa.Column("expectation_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        _refers(name, "expectation_id", "expectation"),
    )
    op.create_index(
        "uq_frozen_ground_expectation", name, ["organizer_id", "expectation_id"], unique=True
    )


def _reading():
    name = "effect_reading"
    _table(
        name,
        sa.Column("expectation_id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        *map(_text, ("verdict", "word", "sentence")),
        sa.Column("estimate", sa.Double()),
        sa.Column("p", sa.Double()),
        sa.Column("placebos", sa.Integer(), nullable=False),
        sa.Column("as_large", sa.Integer(), nullable=False),
        _text("periods"),
        sa.Column("read_at", MOMENT, nullable=False),
        _refers(name, "expectation_id", "expectation"),
        _refers(name, "follow_up_id", "follow_up"),
    )
    op.create_index("ix_effect_reading_follow_up_id", name, ["organizer_id", "follow_up_id"])
    once = ["organizer_id", "expectation_id", "follow_up_id"]
    op.create_index("uq_effect_reading_once", name, once, unique=True)


def upgrade():
    _expectation()
    _ground()
    _reading()
    for name in ("frozen_ground", "effect_reading"):
        op.execute(f"REVOKE UPDATE, DELETE ON {name} FROM ska_app")


def downgrade():
    for name in ("effect_reading", "frozen_ground", "expectation"):
        op.drop_table(name)
