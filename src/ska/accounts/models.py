"""Tables of people. All outside row-level security: sign-in has to read before it knows."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from ska.access import Role
from ska.db.base import Base, refers


class Person(Base):
    """Someone who signs in. *email* is kept in lower case."""

    __tablename__ = "person"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_is_lower_case"),)

    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    theme: Mapped[str | None]


class RoleAssignment(Base):
    """Person × role × scope × from–to; at most one rektor holds a unit on any day."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_from <= valid_to", name="from_before_to"),
        CheckConstraint("unit_id IS NULL OR organizer_id IS NOT NULL", name="unit_has_organizer"),
        ExcludeConstraint(
            ("unit_id", "="),
            (func.daterange(text("valid_from"), text("valid_to"), text("'[]'")), "&&"),
            where=text("role = 'principal'"),
            using="gist",
            name="one_principal_a_day",
        ),
        refers("unit_id", "school_unit"),
        Index("ix_role_assignment_organizer_id", "organizer_id", "unit_id"),
    )

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    organizer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizer.id"))
    unit_id: Mapped[UUID | None]
    acting: Mapped[bool] = mapped_column(server_default=text("false"), default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    @property
    def kind(self) -> Role:
        """Return the role as its enum."""
        return Role(self.role)


class SignIn(Base):
    """A signed-in browser; only a hash of its cookie is kept."""

    __tablename__ = "sign_in"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class SignInAttempt(Base):
    """A try to sign in, kept for throttling; the e-mail only as a hash."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (
        Index("ix_sign_in_attempt_account", "email_hash", "created_at"),
        Index("ix_sign_in_attempt_ip", "ip", "created_at"),
        Index("ix_sign_in_attempt_created_at", "created_at"),
    )

    email_hash: Mapped[bytes] = mapped_column(LargeBinary)
    ip: Mapped[str]
    succeeded: Mapped[bool]


class ApiToken(Base):
    """A program's key to act as a person in one huvudman; shown once, kept as a hash."""

    __tablename__ = "api_token"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organizer_id: Mapped[UUID] = mapped_column(ForeignKey("organizer.id"))
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    rights: Mapped[str]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class Invitation(Base):
    """A way in for one person, once: they choose a password. Only a hash of the link is kept.

    *organizer_id* is the huvudman whose administrator made it; empty when the operator did.
    """

    __tablename__ = "invitation"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    organizer_id: Mapped[UUID | None] = mapped_column(ForeignKey("organizer.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    expires_at: Mapped[datetime]
