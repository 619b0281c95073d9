"""The pages where an analysis is written, with and without JavaScript."""

from __future__ import annotations

from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.analyses import queries as analyses
from ska.analyses.controllers import AnalysisController, FormData, address_of, new_page
from ska.analyses.forms import AnalysisForm
from ska.analyses.models import Analysis
from ska.analyses.rules import SECTIONS
from ska.core.text import _
from ska.editor import services
from ska.editor.closed import closed_page
from ska.editor.queries import is_about_preschool
from ska.editor.rules import Sent, guide_of, meetings_in, sections_in
from ska.editor.sections import section_of
from ska.editor.services import Outcome
from ska.errors import Invalid, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write
from ska.writing import queries as texts
from ska.writing import services as writing
from ska.writing.forms import RestoreForm
from ska.writing.models import WrittenText
from ska.writing.rules import Reason

KEYS = tuple(SECTIONS)
Sections = dict[str, str]


class BeginController(AnalysisController):
    """The analyses of a school year, and their beginning: only this room knows what lies ready."""

    @write("/ny", needs=Right.ANALYSE)
    def start_analysis(
        self,
        data: URLEncodedBody[FormData],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        today: GivenToday,
    ) -> Page | Done:
        """Start an analysis that has already begun, or show what is wrong with the form."""
        form = bind(AnalysisForm, data)
        if form.value is None:
            return new_page(session, actor, place, today, form)
        try:
            analysis = services.begin_analysis(
                session,
                actor,
                organizer_id=place.organizer.id,
                year=place.year,
                form=form.value,
                today=today,
            )
        except Invalid as error:
            form.errors = error.fields or {"": error.detail}
            return new_page(session, actor, place, today, form)
        return Done(_("Analysen är påbörjad."), to=address_of(place, analysis))

    @write("/{analysis_id:uuid}/hamta", needs=Right.ANALYSE)
    def gather_units(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Done:
        """Lay the units' own words ready in a huvudman's analysis."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        new = services.gather_units(session, actor, analysis=analysis)
        sentence = _("{new} nya underlag från enheterna.").format(new=new)
        nothing = _("Inget nytt. Enhetens analys hämtas när den är klar för granskning.")
        to = f"{address_of(place, analysis)}#underlag"
        return Done(sentence if new else nothing, to=to)


class EditorController(Controller):
    """Writing the sections of an analysis."""

    path = "/{organizer:str}/{year:str}/analyser/{analysis_id:uuid}/skriv"

    @read(needs=Right.ANALYSE)
    def write_page(
        self,
        analysis_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the sections, ready to write in; who only reads has them in the analysis itself."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        actor.must(Right.ANALYSE, analysis.organizer_id, analysis.unit_id)
        return _page(session, actor, place, analysis, Form(), [])

    @write(needs=Right.ANALYSE)
    def save(
        self,
        analysis_id: FromPath[UUID],
        data: URLEncodedBody[Sections],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Save what was touched; show what was refused, or what met another's text."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        current = texts.texts_of(session, actor, "analysis", analysis.id)
        sent = sections_in(data, KEYS)
        outcome = services.save_sections(session, actor, current=current, sent=sent, now=now)
        return _answer(session, actor, place, analysis, outcome, sent)

    @write("/krock", needs=Right.ANALYSE)
    def settle(
        self,
        analysis_id: FromPath[UUID],
        data: URLEncodedBody[Sections],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Do as the writer chose with texts that met."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        current = texts.texts_of(session, actor, "analysis", analysis.id)
        sent = sections_in(data, KEYS)
        outcome = services.save_sections(session, actor, current=current, sent=sent, now=now)
        for settled in meetings_in(data, KEYS):
            services.settle_into(
                session, actor, outcome, text=current[settled.key], settled=settled, now=now
            )
        return _answer(session, actor, place, analysis, outcome, sent)

    @read("/{key:str}/historik", needs=Right.READ)
    def show_history(
        self,
        analysis_id: FromPath[UUID],
        key: FromPath[str],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
    ) -> Page:
        """Show the kept versions of a section, each beside the text as it is now."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        text = _text(session, actor, analysis, key)
        kept = texts.versions_of(session, actor, text)
        return Page(
            "editor/history.html",
            title=analysis.title,
            crumbs=_crumbs(place, analysis)[: None if _may_write(actor, analysis) else -1],
            heading=SECTIONS[key][0],
            text=text,
            versions=[(one, services.compared(one, text)) for one in kept],
            reason_words={reason.value: reason.words for reason in Reason},
            may_write=_may_write(actor, analysis),
        )

    @write("/{key:str}/historik", needs=Right.ANALYSE)
    def restore(
        self,
        analysis_id: FromPath[UUID],
        key: FromPath[str],
        data: URLEncodedBody[Sections],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Done:
        """Put an older version back."""
        analysis = analyses.analysis_by_id(session, actor, place.organizer.id, analysis_id)
        text = _text(session, actor, analysis, key)
        form = bind(RestoreForm, data).value
        if form is None:
            raise Missing
        version = texts.version_by_id(session, actor, text, form.version_id)
        if version is None:
            raise Missing
        writing.restore_version(session, actor, text=text, version=version, seen=form.seen, now=now)
        return Done(
            _("Texten är återställd. Den du hade innan finns kvar här."),
            to=f"{address_of(place, analysis)}/skriv/{key}/historik",
        )


def _text(session: Session, actor: Actor, analysis: Analysis, key: str) -> WrittenText:
    found = texts.texts_of(session, actor, "analysis", analysis.id).get(key)
    if found is None or key not in SECTIONS:
        raise Missing
    return found


def _may_write(actor: Actor, analysis: Analysis) -> bool:
    return not analysis.is_established and actor.may_for(
        Right.ANALYSE, analysis.organizer_id, analysis.unit_id
    )


def _answer(
    session: Session,
    actor: Actor,
    place: Place,
    analysis: Analysis,
    outcome: Outcome,
    sent: list[Sent],
) -> Page | Done:
    refused = [one for one in sent if f"text_{one.key}" in outcome.refused]
    form: Form[RestoreForm] = Form(errors=outcome.refused)
    if outcome.closed:
        back = address_of(place, analysis)
        crumbs = _crumbs(place, analysis)[:-1]
        return closed_page(outcome, SECTIONS, title=analysis.title, crumbs=crumbs, back=back)
    if outcome.meetings:
        return Page(
            "editor/conflict.html",
            status_code=412,
            form=form,
            title=analysis.title,
            crumbs=_crumbs(place, analysis),
            target=f"{address_of(place, analysis)}/skriv/krock",
            meetings=outcome.meetings,
            refused=refused,
            headings={key: heading for key, (heading, _question) in SECTIONS.items()},
        )
    if outcome.refused:
        return _page(session, actor, place, analysis, form, refused)
    sentence = _("Sparat.") if outcome.saved else _("Inget var ändrat.")
    return Done(sentence, to=f"{address_of(place, analysis)}/skriv")


def _page(
    session: Session,
    actor: Actor,
    place: Place,
    analysis: Analysis,
    form: Form[RestoreForm],
    refused: list[Sent],
) -> Page:
    parts = analyses.parts_of(session, actor, analysis)
    kept = {one.key: one for one in refused}
    preschool = is_about_preschool(session, actor, analysis)
    return Page(
        "editor/write.html",
        form=form,
        analysis=analysis,
        address=address_of(place, analysis),
        parts=parts,
        preschool=preschool,
        sections=[
            section_of(
                parts.texts[key],
                SECTIONS[key],
                kept.get(key),
                guide=guide_of(key, is_preschool=preschool),
            )
            for key in KEYS
        ],
        may_write=_may_write(actor, analysis),
    )


def _crumbs(place: Place, analysis: Analysis) -> list[tuple[str, str | None]]:
    """Return the way to where an analysis is written, for the pages below it."""
    address = address_of(place, analysis)
    year = f"{place.path}/{analysis.school_year.slug}/analyser"
    return [(_("Analyser"), year), (analysis.title, address), (_("Skriv"), f"{address}/skriv")]
