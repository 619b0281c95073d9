"""Sign-in and sign-out pages, and the page of who I am."""

from __future__ import annotations

from typing import Annotated, Any

from litestar import Controller, Request, Response
from litestar.datastructures import State
from litestar.params import QueryParameter, URLEncodedBody

from ska.accounts import queries, services
from ska.accounts.forms import DemoSignInForm, SignInForm
from ska.accounts.models import Person
from ska.core.text import _
from ska.errors import Missing
from ska.organizers.queries import organizers_of
from ska.web.cookies import cookie_of, session_cookie
from ska.web.dependencies import GivenActor, GivenNow, GivenSession, GivenToday
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import Needs, read, write


def _own_address(text: str) -> str:
    """Return *text* when it is an address of ours, else the start page: no open redirect."""
    return text if text.startswith("/") and not text.startswith(("//", "/\\")) else "/"


class SignInController(Controller):
    """Coming in and going out."""

    @read("/logga-in", needs=Needs.ANYONE)
    def show_sign_in(
        self,
        session: GivenSession,
        state: State,
        today: GivenToday,
        nasta: Annotated[str | None, QueryParameter(max_length=500)] = None,
    ) -> Page:
        """Show the form, and in the demo its people as one-click cards."""
        form: Form[SignInForm] = Form(raw={"next": nasta or ""})
        return _sign_in_page(session, state, today, form)

    @write("/logga-in", needs=Needs.ANYONE)
    def sign_in(
        self,
        data: URLEncodedBody[dict[str, str]],
        session: GivenSession,
        request: Request[Any, Any, State],
        state: State,
        now: GivenNow,
    ) -> Page | Done:
        """Sign in with e-mail and password; the cookie is always a new one."""
        form = bind(SignInForm, data)
        if form.value is not None:
            ip = request.client.host if request.client else "-"
            secret = services.sign_in(
                session, email=form.value.email, password=form.value.password, ip=ip, now=now
            )
            if secret is not None:
                cookie = session_cookie(state.settings, secret)
                return Done(to=_own_address(form.value.next), cookies=[cookie])
            form.add_error("email", _("E-postadressen och lösenordet hör inte ihop."))
        form.raw.pop("password", None)
        return _sign_in_page(session, state, now.date(), form)

    @write("/logga-in/demo", needs=Needs.ANYONE)
    def sign_in_to_demo(
        self,
        data: URLEncodedBody[dict[str, str]],
        session: GivenSession,
        state: State,
        now: GivenNow,
    ) -> Done:
        """Become one of the demo's people by a click; demo mode only."""
        form = bind(DemoSignInForm, data).value
        person = session.get(Person, form.person) if form and form.person else None
        if not state.settings.demo or person is None or not person.is_demo:
            raise Missing
        secret = services.open_sign_in(session, person=person, now=now)
        cookie = session_cookie(state.settings, secret)
        return Done(to=_own_address(form.next if form else ""), cookies=[cookie])

    @write("/logga-ut", needs=Needs.ANYONE)
    def sign_out(
        self, session: GivenSession, request: Request[Any, Any, State], state: State
    ) -> Done:
        """Sign out; the old cookie is dead on the server at once."""
        secret = cookie_of(request)
        if secret is not None:
            services.sign_out(session, secret=secret)
        gone = session_cookie(state.settings, "")
        gone.max_age = 0
        return Done(_("Du är utloggad."), to="/logga-in", cookies=[gone])

    @read("/", needs=Needs.SIGNED_IN)
    def start(self, actor: GivenActor, session: GivenSession) -> Response[None] | Page:
        """Go to the huvudman's overview, or choose among several."""
        found = organizers_of(session, actor)
        if len(found) == 1:
            return Done(to=f"/{found[0].slug}/oversikt")
        return Page("accounts/start.html", organizers=found)


def _sign_in_page(session: Any, state: State, today: Any, form: Form[SignInForm]) -> Page:
    people = queries.demo_people(session, today) if state.settings.demo else []
    return Page("accounts/sign_in.html", form=form, people=people)
