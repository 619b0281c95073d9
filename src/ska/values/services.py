"""What people and commands do with files of values: try, read in, undo."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, delete, func, or_, select, text
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.audit import record
from ska.errors import Invalid
from ska.values import teaching
from ska.values.contents import Contents, gather
from ska.values.forms import LimitsForm
from ska.values.given import Given, contents_of, file_name
from ska.values.importers import kolada
from ska.values.importers.kept import is_kept, is_read_whole, keep, read_kept
from ska.values.importers.observations import (
    Reading,
    Refused,
    UnknownLayout,
)
from ska.values.importers.people import People
from ska.values.importers.recognise import NOBODY, read_parts
from ska.values.loading import About, load
from ska.values.models import OwnImport, OwnLimit, Upload
from ska.values.queries import limits_of
from ska.values.reports import FileReport
from ska.values.shelves import PUBLISHED, Shelf, own_shelf
from ska.values.undoing import undo

MANY = 1_000


def load_files(
    connection: Connection,
    files: Iterable[Path],
    *,
    shelf: Shelf = PUBLISHED,
    dry: bool = False,
    people: People = NOBODY,
) -> list[FileReport]:
    """Read files onto a shelf and return a report for each; the caller commits or rolls back.

    A refused file is reported, not raised: the caller stores nothing when there is one. Pupil
    files that may be counted are one reading together.
    """
    reports: list[FileReport] = []
    readings: list[Reading] = []
    for name, content in contents_of(files, people, reports):
        try:
            contents = gather(read_parts(content, name, people))
            if shelf is PUBLISHED and contents.reading.is_own:
                raise Refused("Talen är en huvudmans egna. Säg vilken huvudman (--organizer).")
        except Refused as refusal:
            reports.append(FileReport(file=name, refused=str(refusal)))
            continue
        kept = b"".join(map(keep, contents.parts)) if contents.reading.is_counted else content
        reports.append(_load(connection, shelf, contents, kept, dry=dry))
        readings.append(contents.reading)
    if shelf is PUBLISHED and not dry and sum(one.new for one in reports) >= MANY:
        # Without fresh statistics the planner reads a whole measure to find one huvudman: 450 ms.
        connection.execute(text("ANALYZE measure, area, series, value"))
    for warning in kolada.missing_pages(readings):
        report = next(one for one in reports if warning.startswith(f"{one.file} "))
        report.warnings.append({"code": "page_missing", "text": warning, "measure": None})
    return reports


def load_reading(
    connection: Connection,
    shelf: Shelf,
    reading: Reading,
    content: bytes,
    *,
    dry: bool,
    person_name: str = "",
) -> FileReport:
    """Put what a file holds on a shelf and return its account; the caller commits."""
    contents = gather([reading])
    return _load(connection, shelf, contents, content, dry=dry, person_name=person_name)


def _load(
    connection: Connection,
    shelf: Shelf,
    contents: Contents,
    content: bytes,
    *,
    dry: bool,
    person_name: str = "",
) -> FileReport:
    report = contents.account
    about = About(
        file=report.file,
        sha256=hashlib.sha256(content).hexdigest(),
        report=report.as_kept(is_own=shelf.organizer_id is not None),
        person_name=person_name,
    )
    outcome = load(connection, shelf, contents, about, dry=dry)
    report.new, report.revised = outcome.new, outcome.revised
    report.unchanged = outcome.unchanged
    report.warnings += [asdict(one) for one in outcome.warnings]
    report.import_id = str(outcome.import_id) if outcome.import_id else None
    return report


def try_file(
    session: Session,
    actor: Actor,
    *,
    organizer_id: UUID,
    given: Given,
) -> tuple[Upload, FileReport | None]:
    """Keep a file for the yes and return what reading it would do; raise Invalid when refused.

    The report is None when the table's arrangement is not known but a person can teach it. What
    is kept of such a table has no persons in it: they are dropped at the door. Of a file that was
    counted together, or of which anything was left unread, only what was read is kept.
    """
    actor.must(Right.IMPORT_VALUES, organizer_id)
    left = Upload.created_at < func.now() - timedelta(days=1)
    session.execute(delete(Upload).where(or_(Upload.person_id == actor.person_id, left)))
    upload = Upload(
        organizer_id=organizer_id,
        file=file_name(given.name),
        content=given.content(),
        person_id=actor.person_id,
    )
    reading = _read_or_clean(session, actor, upload, counts_people=given.counts_people)
    upload.sha256 = hashlib.sha256(upload.content).hexdigest()
    session.add(upload)
    session.flush()
    if reading is None:
        return upload, None
    shelf = own_shelf(organizer_id)
    return upload, load_reading(session.connection(), shelf, reading, upload.content, dry=True)


def _read_or_clean(
    session: Session, actor: Actor, upload: Upload, *, counts_people: bool
) -> Reading | None:
    """Return what a file holds, or None when it can be taught; persons never stay in *upload*."""
    content = upload.content
    try:
        reading = teaching.read_own(
            session,
            actor,
            upload.organizer_id,
            content,
            upload.file,
            counts_people=counts_people,
        )
        if not reading.report.layout.startswith("taught"):
            upload.content = content if is_read_whole(reading) else keep(reading)
            return reading
    except UnknownLayout as unknown:
        if not teaching.can_be_taught(content):
            raise Invalid(str(unknown), {"file": str(unknown)}) from unknown
        reading = None
    except Refused as refusal:
        raise Invalid(str(refusal), {"file": str(refusal)}) from refusal
    cleaned = teaching.cleaned_table(content)
    upload.content = teaching.kept_content(cleaned)
    upload.dropped, upload.has_people = cleaned.dropped, cleaned.has_people
    return reading


def tried_again(session: Session, actor: Actor, upload: Upload) -> tuple[FileReport, Reading]:
    """Return what reading a waiting file would do just now, and what it holds."""
    actor.must(Right.IMPORT_VALUES, upload.organizer_id)
    shelf = own_shelf(upload.organizer_id)
    reading = _read(session, actor, upload)
    report = load_reading(session.connection(), shelf, reading, upload.content, dry=True)
    return report, reading


def read_in(session: Session, actor: Actor, *, upload: Upload) -> FileReport:
    """Read in a file that was tried, and let go of it; all of it or nothing."""
    actor.must(Right.IMPORT_VALUES, upload.organizer_id)
    reading = _read(session, actor, upload)
    shelf = own_shelf(upload.organizer_id)
    report = load_reading(
        session.connection(),
        shelf,
        reading,
        upload.content,
        dry=False,
        person_name=actor.name,
    )
    if report.import_id:
        made = session.scalars(
            select(OwnImport).where(OwnImport.id == UUID(report.import_id))
        ).one()
        counts = {"new": report.new, "revised": report.revised}
        record(session, actor, act="values.read_in", thing=made, details=counts)
    session.delete(upload)
    session.flush()
    return report


def drop_upload(session: Session, actor: Actor, *, upload: Upload) -> None:
    """Let go of a file that was tried but is not to be read in."""
    actor.must(Right.IMPORT_VALUES, upload.organizer_id)
    session.delete(upload)
    session.flush()


def undo_import(session: Session, actor: Actor, *, made: OwnImport) -> int:
    """Take one of the huvudman's own imports back; return how many values it took with it."""
    actor.must(Right.IMPORT_VALUES, made.organizer_id)
    count = undo(session.connection(), own_shelf(made.organizer_id), made.id)
    record(session, actor, act="values.undo", thing=made, details={"values": count})
    session.flush()
    session.expire(made)
    return count


def set_limits(session: Session, actor: Actor, *, organizer_id: UUID, form: LimitsForm) -> OwnLimit:
    """Set the huvudman's own smallest groups; they raise the house's, never lower them."""
    actor.must(Right.MANAGE_UNITS, organizer_id)
    limit = limits_of(session, actor, organizer_id)
    if limit is None:
        limit = OwnLimit(organizer_id=organizer_id, inside=form.inside, outside=form.outside)
        session.add(limit)
    limit.inside, limit.outside = form.inside, form.outside
    session.flush()
    record(session, actor, act="values.set_limits", thing=limit, details=form.model_dump())
    return limit


def undo_published(connection: Connection, import_id: UUID) -> int:
    """Take an import of published values back, as the owner; raise Conflict or Missing."""
    return undo(connection, PUBLISHED, import_id)


def _read(session: Session, actor: Actor, upload: Upload) -> Reading:
    if is_kept(upload.content):
        return teaching.named(session, actor, upload.organizer_id, read_kept(upload.content))
    try:
        reading = teaching.read_own(
            session, actor, upload.organizer_id, upload.content, upload.file
        )
    except Refused as refusal:
        raise Invalid(str(refusal), {"file": str(refusal)}) from refusal
    if upload.dropped:
        reading.report.warn("people_dropped", teaching.dropped_words(upload.dropped))
    return reading
