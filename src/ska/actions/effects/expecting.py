"""The page where a change is expected: what could be seen at all comes before what is wished."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import Controller
from litestar.params import FromPath, QueryParameter, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import Actor, Right
from ska.actions import queries as actions
from ska.actions.effects import services
from ska.actions.effects.control import match_rows
from ska.actions.effects.foresight import foresee
from ska.actions.effects.forms import ExpectationForm
from ska.actions.effects.prospects import Choosing, Chosen, Prospect, choosing
from ska.actions.effects.rules import NAMES, Direction, Gender, expected_period, source_of
from ska.actions.models import Action
from ska.actions.rules import OVER
from ska.analyses.models import ExpectedEffect
from ska.charts import sparkline
from ska.core.text import _
from ska.errors import Conflict, Invalid, Missing
from ska.organizers.dependencies import GivenPlace, Place
from ska.web.dependencies import GivenActor, GivenNow, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import read, write

Asked = Annotated[str | None, QueryParameter(max_length=120)]


class ExpectationController(Controller):
    """What an insats should change, in numbers: written before the outcome is known."""

    path = "/{organizer:str}/insatser/{action_id:uuid}/effekt"

    @read(needs=Right.PLAN_ACTIONS)
    def new_expectation(  # noqa: PLR0913, PLR0917  # the words of the address, named
        self,
        action_id: FromPath[UUID],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        indikator: Asked = None,
        kon: Asked = None,
        var: Asked = None,
        effekt: Asked = None,
    ) -> Page:
        """Show what could be seen at all in a number, and the form that expects a change of it."""
        action = actions.action_by_id(session, actor, place.organizer.id, action_id)
        raw = {"indicator": indikator or "", "gender": kon or ""}
        raw["unit_id"] = str(action.unit_id or "") if var is None else var
        if effekt:
            raw["effect_id"] = effekt
        return _new_page((session, actor, place), action, Form(raw=raw))

    @write(needs=Right.PLAN_ACTIONS)
    def write_expectation(
        self,
        action_id: FromPath[UUID],
        data: URLEncodedBody[dict[str, str]],
        place: GivenPlace,
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Write what is expected and freeze what it is judged by, or show what is wrong."""
        action = actions.action_by_id(session, actor, place.organizer.id, action_id)
        form = bind(ExpectationForm, data)
        made = choosing(session, actor, place.organizer, action, _chosen(form.raw))
        if form.value is not None and made.prospect is None:
            form.add_error("indicator", _("Välj en indikator som har värden här."))
        if form.value is not None and made.prospect is not None:
            try:
                one = services.write_expectation(
                    session, actor, action=action, prospect=made.prospect,
                    around=made.around, form=form.value, now=now,
                )  # fmt: skip
            except (Invalid, Conflict) as error:
                form.errors = getattr(error, "fields", None) or {"": error.detail}
            else:
                to = f"{place.path}/effekter/{one.id}"
                return Done(_("Förväntan är skriven. Underlaget är fryst."), to=to)
        return _new_page((session, actor, place), action, form, made)


def _chosen(raw: dict[str, Any]) -> Chosen:
    try:
        unit = UUID(raw["unit_id"]) if raw.get("unit_id") else None
        return Chosen(raw.get("indicator", ""), Gender(raw.get("gender") or Gender.ALL), unit)
    except ValueError as error:
        raise Missing from error


def _new_page(
    at: tuple[Session, Actor, Place],
    action: Action,
    form: Form[ExpectationForm],
    made: Choosing | None = None,
) -> Page:
    made = made or choosing(at[0], at[1], at[2].organizer, action, _chosen(form.raw))
    effect = next((e for e in made.around.effects if str(e.id) == form.raw.get("effect_id")), None)
    if effect is None and len(made.around.effects) == 1:
        effect = made.around.effects[0]
    page = Page(
        "actions/effects/new.html",
        form=form,
        here=f"{at[2].path}/insatser/{action.id}",
        action=action,
        around=made.around,
        items=made.items,
        effect=effect,
        is_over=action.state in OVER,
        seen=made.prospect,
        **NAMES,
    )
    if made.prospect is not None:
        page.context |= _seen(made.prospect, effect, form.raw.get("direction"))
    return page


def _seen(seen: Prospect, effect: ExpectedEffect | None, direction: str | None) -> dict[str, Any]:
    """Return what the page tells of the chosen number before anything is saved."""
    way = direction if direction in set(Direction) else seen.direction
    return {
        "direction": way,
        "foresight": foresee(seen.line, seen.ground, way),
        "expected_in": expected_period(
            effect.expected_by if effect else None, seen.line, seen.periods
        ),
        "periods": [(one, one) for one in seen.periods],
        "source": source_of(seen.line.key),
        "match_rows": match_rows(seen.ground, seen.line.area),
        "spark": sparkline([one.value for one in seen.line.points]),
        "own_rows": [
            (one.period, seen.line.measure(one).written_with_count()) for one in seen.line.points
        ],
    }
