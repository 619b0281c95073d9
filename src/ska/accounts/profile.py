"""The page of who I am: keys for programs, open sign-ins, the look of the pages."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Controller, Request
from litestar.datastructures import Cookie
from litestar.params import FromPath, URLEncodedBody
from sqlalchemy.orm import Session

from ska.access import RIGHT_NAMES, Actor, Right
from ska.accounts import keys, queries, services
from ska.accounts.forms import Lifetime, PasswordForm, Theme, ThemeForm, TokenForm
from ska.core.secrets import hash_secret
from ska.core.text import _
from ska.errors import Invalid, NotAllowed
from ska.organizers.queries import organizers_of
from ska.web.client import ip_of
from ska.web.cookies import THEME, cookie_of, session_cookie
from ska.web.dependencies import GivenActor, GivenNow, GivenScopedSession, GivenSession
from ska.web.forms import Form, bind
from ska.web.page import Done, Page
from ska.web.routing import Needs, read, write

YEAR = 31_536_000
LIFETIMES = {
    Lifetime.MONTH: _("30 dagar"),
    Lifetime.TERM: _("180 dagar"),
    Lifetime.YEAR: _("ett år"),
}
THEMES = {Theme.DEVICE: _("Som datorn"), Theme.LIGHT: _("Ljust"), Theme.DARK: _("Mörkt")}


class ProfileController(Controller):
    """My own keys, sign-ins and look."""

    path = "/profil"

    @read(needs=Needs.SIGNED_IN)
    def show_profile(
        self,
        request: Request[Any, Any, Any],
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page:
        """Show who I am, my keys and where I am signed in."""
        return _page(request, session, actor, now, Form())

    @write("/nycklar", needs=Needs.SIGNED_IN)
    def create_token(
        self,
        request: Request[Any, Any, Any],
        data: URLEncodedBody[dict[str, Any]],
        session: GivenScopedSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page:
        """Create a key and show its secret, this once."""
        form = bind(TokenForm, data)
        secret = None
        if form.value is not None:
            wish = form.value
            try:
                session.limit_to(actor.scope(wish.organizer_id))
                secret = keys.create_token(
                    session,
                    actor,
                    organizer_id=wish.organizer_id,
                    name=wish.name,
                    rights=frozenset({*wish.rights, Right.ENTER}),
                    expires_at=now + timedelta(days=int(wish.days)),
                )
                form = Form()
            except NotAllowed as refused:
                form.refuse(refused, "rights")
        return _page(request, session, actor, now, form, secret)

    @write("/nycklar/{token_id:uuid}/aterkalla", needs=Needs.SIGNED_IN)
    def revoke_token(
        self, token_id: FromPath[UUID], session: GivenSession, actor: GivenActor, now: GivenNow
    ) -> Done:
        """End a key; the next call with it is refused."""
        keys.revoke_token(session, actor, token_id=token_id, now=now)
        return Done(_("Nyckeln gäller inte längre."), to="/profil")

    @write("/inloggningar/{sign_in_id:uuid}/avsluta", needs=Needs.SIGNED_IN)
    def end_sign_in(
        self, sign_in_id: FromPath[UUID], session: GivenSession, actor: GivenActor
    ) -> Done:
        """End one of my sign-ins, on another computer too."""
        services.end_sign_in(session, actor, sign_in_id=sign_in_id)
        return Done(_("Inloggningen är avslutad."), to="/profil")

    @write("/losenord", needs=Needs.SIGNED_IN, threads=services.HASHING)
    def change_password(
        self,
        request: Request[Any, Any, Any],
        data: URLEncodedBody[dict[str, str]],
        session: GivenScopedSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Change my password; every sign-in ends, and this browser gets a new one."""
        form = bind(PasswordForm, data)
        if form.value is not None:
            try:
                secret = services.change_password(
                    session,
                    actor,
                    current=form.value.current,
                    password=form.value.password,
                    ip=ip_of(request),
                    now=now,
                )
                cookie = session_cookie(request.app.state.settings, secret)
                return Done(_("Lösenordet är bytt."), to="/profil", cookies=[cookie])
            except Invalid as wrong:
                form.errors.update(wrong.fields)
        form.raw.clear()
        return _page(request, session, actor, now, form)

    @write("/utseende", needs=Needs.SIGNED_IN)
    def choose_theme(
        self,
        request: Request[Any, Any, Any],
        data: URLEncodedBody[dict[str, str]],
        session: GivenSession,
        actor: GivenActor,
        now: GivenNow,
    ) -> Page | Done:
        """Remember the look; without JavaScript too."""
        form = bind(ThemeForm, data)
        if form.value is None:
            return _page(request, session, actor, now, form)
        chosen = None if form.value.theme is Theme.DEVICE else str(form.value.theme)
        services.set_theme(session, actor, theme=chosen)
        secure = request.app.state.settings.is_https
        kept = Cookie(
            key=THEME, value=chosen or "", max_age=YEAR if chosen else 0, path="/", secure=secure
        )
        return Done(_("Utseendet är sparat."), to="/profil", cookies=[kept])


def _page(
    request: Request[Any, Any, Any],
    session: Session,
    actor: Actor,
    now: datetime,
    form: Form[Any],
    secret: str | None = None,
) -> Page:
    if actor.limits is not None:
        raise NotAllowed(_("Det här görs av den som är inloggad, inte med en nyckel."))
    organizers = organizers_of(session, actor)
    held = [right for right in Right if any(actor.may(right, one.id) for one in organizers)]
    mine = hash_secret(cookie_of(request) or "")
    return Page(
        "accounts/profile.html",
        form=form,
        secret=secret,
        organizers=organizers,
        roles={one.id: actor.role_names(one.id) for one in organizers},
        rights=[(right, RIGHT_NAMES[right]) for right in held if right is not Right.ENTER],
        right_names=RIGHT_NAMES,
        lifetimes=list(LIFETIMES.items()),
        themes=list(THEMES.items()),
        tokens=queries.tokens_of(session, actor.person_id),
        sign_ins=queries.sign_ins_of(session, actor.person_id, now),
        mine=mine,
        now=now,
    )
