"""Sign-in and sign-out pages, and the page of who I am."""

from __future__ import annotations

import re
from typing import Annotated, Any

from litestar import Controller, Request, Response
from litestar.datastructures import State
from litestar.params import FromPath, QueryParameter, URLEncodedBody

from ska.accounts import people, queries, services
from ska.accounts.forms import ChosenPassword, DemoSignInForm, SignInForm
from ska.accounts.models import Person
from ska.core.secrets import csrf_token
from ska.core.text import _
from ska.errors import Invalid, Missing
from ska.organizers.queries import organizers_of
from ska.web.client import ip_of
from ska.web.cookies import cookie_of, session_cookie
from ska.web.dependencies import (
    GivenActor,
    GivenNow,
    GivenScopedSession,
    GivenSession,
    GivenToday,
)
from ska.web.forms import Form, bind
from ska.web.held import unpacked
from ska.web.page import Done, Page
from ska.web.routing import Needs, read, write

_OWN = re.compile(r"/(?!/)[^\\\s\x00-\x1f\x7f]*")


def _own_address(text: str) -> str:
    """Return *text* when it is an address of ours, else the start page: no open redirect.

    A browser drops tabs and line breaks from an address and reads a backslash as a slash, so an
    address has none of them.
    """
    return text if _OWN.fullmatch(text) else "/"


def _signed_in(state: State, secret: str, form: SignInForm) -> Page | Done:
    """Go on to where they were going, or to what they had written when they were signed out."""
    cookie, held = session_cookie(state.settings, secret), unpacked(form.held)
    if held is None:
        return Done(to=_own_address(form.next), cookies=[cookie])
    page = Page("layout/held.html", held=held, signed_in=True, csrf_token=csrf_token(secret))
    page.cookies.append(cookie)
    return page


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

    @write("/logga-in", needs=Needs.ANYONE, threads=services.HASHING)
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
            secret = services.sign_in(
                session,
                email=form.value.email,
                password=form.value.password,
                ip=ip_of(request),
                now=now,
                old=cookie_of(request),
            )
            if secret is not None:
                return _signed_in(state, secret, form.value)
            form.add_error("email", _("E-postadressen och lösenordet hör inte ihop."))
        form.raw.pop("password", None)
        held = unpacked(form.raw.get("held", ""))
        if held is not None:
            return Page("layout/held.html", held=held, signed_in=False, form=form)
        return _sign_in_page(session, state, now.date(), form)

    @write("/logga-in/demo", needs=Needs.ANYONE)
    def sign_in_to_demo(
        self,
        data: URLEncodedBody[dict[str, str]],
        session: GivenSession,
        request: Request[Any, Any, State],
        state: State,
        now: GivenNow,
    ) -> Done:
        """Become one of the demo's people by a click; demo mode only."""
        form = bind(DemoSignInForm, data).value
        person = session.get(Person, form.person) if form and form.person else None
        if not state.settings.demo or person is None or not person.is_demo:
            raise Missing
        services.sign_out(session, secret=cookie_of(request) or "")
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

    @read("/valkommen/{secret:str}", needs=Needs.ANYONE)
    def show_invitation(self, secret: FromPath[str], session: GivenSession, now: GivenNow) -> Page:
        """Show the form by which someone who is let in chooses a password."""
        person = people.invited(session, secret=secret, now=now)
        return Page("accounts/invitation.html", form=Form(), name=person.name, email=person.email)

    @write("/valkommen/{secret:str}", needs=Needs.ANYONE, threads=services.HASHING)
    def accept_invitation(
        self,
        data: URLEncodedBody[dict[str, str]],
        secret: FromPath[str],
        session: GivenScopedSession,
        state: State,
        now: GivenNow,
    ) -> Page | Done:
        """Choose the password and come in; the link is dead after that."""
        person = people.invited(session, secret=secret, now=now)
        form = bind(ChosenPassword, data)
        if form.value is not None:
            try:
                chosen = form.value.password
                cookie = people.accept(session, secret=secret, password=chosen, now=now)
                done = _("Lösenordet är sparat och du är inloggad.")
                return Done(done, to="/", cookies=[session_cookie(state.settings, cookie)])
            except Invalid as weak:
                form.refuse(weak, "password")
        form.raw.clear()
        return Page("accounts/invitation.html", form=form, name=person.name, email=person.email)

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
