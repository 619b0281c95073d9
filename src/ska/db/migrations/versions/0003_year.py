"""The year: cycles, steps, board dates, reminders, notices, outbox, calendar feeds"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003_year"
down_revision = "0002_writing"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "scheduler_beat",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_scheduler_beat")),
    )
    op.create_table(
        "board_date",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_board_date_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_date")),
        sa.UniqueConstraint("organizer_id", "day", name=op.f("uq_board_date_organizer_id_day")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_board_date_organizer_id_id")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_calendar_feed_organizer_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_calendar_feed_organizer_id_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_index(
        "ix_calendar_feed_person", "calendar_feed", ["organizer_id", "person_id"], unique=False
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("href", sa.Text(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_notice_organizer_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_notice_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "person_id",
            "dedupe_key",
            name=op.f("uq_notice_organizer_id_person_id_dedupe_key"),
        ),
    )
    op.create_index(
        "ix_notice_unread", "notice", ["organizer_id", "person_id", "read_at"], unique=False
    )
    op.create_table(
        "notice_setting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "channel IN ('mail', 'app', 'off')", name=op.f("ck_notice_setting_channel")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_notice_setting_organizer_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notice_setting_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_setting")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_notice_setting_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "person_id",
            "kind",
            name=op.f("uq_notice_setting_organizer_id_person_id_kind"),
        ),
    )
    op.create_table(
        "outbox_mail",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'pending'"), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'leased', 'sent', 'dead')", name=op.f("ck_outbox_mail_state")
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_outbox_mail_organizer_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_outbox_mail_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_mail")),
        sa.UniqueConstraint(
            "organizer_id", "dedupe_key", name=op.f("uq_outbox_mail_organizer_id_dedupe_key")
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_outbox_mail_organizer_id_id")),
    )
    op.create_index(
        "ix_outbox_mail_waiting",
        "outbox_mail",
        ["organizer_id", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('pending', 'leased')"),
    )
    op.create_table(
        "annual_cycle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("template_key", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("copied_from_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "copied_from_id"],
            ["annual_cycle.organizer_id", "annual_cycle.id"],
            name=op.f("fk_annual_cycle_organizer_id_copied_from_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_annual_cycle_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_annual_cycle_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_annual_cycle")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_annual_cycle_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "unit_id",
            "school_year",
            name=op.f("uq_annual_cycle_organizer_id_unit_id_school_year"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_table(
        "cycle_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("responsible", sa.Text(), nullable=False),
        sa.Column(
            "together_with",
            postgresql.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("artefact", sa.Text(), nullable=False),
        sa.Column(
            "law", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=False),
        sa.Column("moved_because", sa.Text(), nullable=True),
        sa.Column(
            "review", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_by", sa.Text(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=True),
        sa.Column("snoozed_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("snoozed_because", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(snoozed_until IS NULL) = (snoozed_because IS NULL)",
            name=op.f("ck_cycle_step_snooze_has_reason"),
        ),
        sa.CheckConstraint("starts <= due", name=op.f("ck_cycle_step_starts_before_due")),
        sa.ForeignKeyConstraint(
            ["organizer_id", "cycle_id"],
            ["annual_cycle.organizer_id", "annual_cycle.id"],
            name=op.f("fk_cycle_step_organizer_id_cycle_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_cycle_step_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_cycle_step_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle_step")),
        sa.UniqueConstraint(
            "organizer_id", "cycle_id", "key", name=op.f("uq_cycle_step_organizer_id_cycle_id_key")
        ),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_cycle_step_organizer_id_id")),
    )
    op.create_index("ix_cycle_step_due", "cycle_step", ["organizer_id", "due"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer_id", sa.Uuid(), nullable=False),
        sa.Column("step_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("escalates", sa.Boolean(), nullable=False),
        sa.Column("meant_for", sa.Date(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("receivers", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("receiver_ids", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "step_id"],
            ["cycle_step.organizer_id", "cycle_step.id"],
            name=op.f("fk_reminder_organizer_id_step_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id", "unit_id"],
            ["school_unit.organizer_id", "school_unit.id"],
            name=op.f("fk_reminder_organizer_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organizer_id"], ["organizer.id"], name=op.f("fk_reminder_organizer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint("organizer_id", "id", name=op.f("uq_reminder_organizer_id_id")),
        sa.UniqueConstraint(
            "organizer_id",
            "step_id",
            "due",
            "rule",
            name=op.f("uq_reminder_organizer_id_step_id_due_rule"),
        ),
    )
    for table in (
        "board_date",
        "calendar_feed",
        "notice",
        "notice_setting",
        "outbox_mail",
        "annual_cycle",
        "cycle_step",
        "reminder",
    ):
        op.protect(table)
    op.execute("REVOKE UPDATE, DELETE ON reminder FROM ska_app")


def downgrade():
    op.drop_table("reminder")
    op.drop_index("ix_cycle_step_due", table_name="cycle_step")
    op.drop_table("cycle_step")
    op.drop_table("annual_cycle")
    op.drop_index(
        "ix_outbox_mail_waiting",
        table_name="outbox_mail",
        postgresql_where=sa.text("state IN ('pending', 'leased')"),
    )
    op.drop_table("outbox_mail")
    op.drop_table("notice_setting")
    op.drop_index("ix_notice_unread", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_calendar_feed_person", table_name="calendar_feed")
    op.drop_table("calendar_feed")
    op.drop_table("board_date")
    op.drop_table("scheduler_beat")
