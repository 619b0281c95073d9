"""The template environment: Swedish formats as filters, our files as addresses."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import markupsafe
from jinja2 import Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from ska import __version__
from ska.charts import from_afar, in_brief
from ska.core import swedish
from ska.core.markup import to_html
from ska.core.periods import spelled
from ska.core.text import _
from ska.settings import bundled
from ska.web import statics


def _date(value: date | datetime | None) -> str:
    return "" if value is None else swedish.format_date(_day(value))


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value


def _choices(things: Iterable[Any], name: str) -> list[tuple[str, str]]:
    """Return what a choice among *things* offers: id and the words that stand for it."""
    return [(str(one.id), _short(str(getattr(one, name)))) for one in things]


def _short(text: str, most: int = 140) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _number_rows(lines: Iterable[Any]) -> list[tuple[str, str, str]]:
    """Return an observation's numbers as rows: period, value with its count, uncertainty."""
    return [(one.period, one.written, one.interval or _("antal saknas")) for one in lines]


def _moment(value: datetime | None) -> str:
    """Return day and time of day, in Swedish time."""
    if value is None:
        return ""
    local = value.astimezone(swedish.STOCKHOLM)
    return f"{swedish.format_date(local.date())} kl. {swedish.format_time(local)}"


# What `escape` itself calls for a text, before it makes a Markup of it.
_escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]  # see below


def written(value: Any) -> str:
    """Return *value* as a page writes it: escaped, unless it says itself that it is markup.

    Jinja's own way makes a Markup of each text it has escaped, which takes longer than to escape
    it; a list writes thousands.
    """
    if type(value) is str:
        return _escaped(value)
    if type(value) is Markup:
        return value
    return escape(value)


_BREAK, _INDENT = re.compile(r"\n[ \t]+"), re.compile(r"^[ \t]{2,}")


class _Said(NodeTransformer):
    """Puts each text `_("…")` in its place, and takes out what lines are indented by."""

    def visit_TemplateData(self, node: nodes.TemplateData) -> nodes.Node:  # noqa: N802  # as below
        data = _INDENT.sub(" ", _BREAK.sub("\n", node.data))
        return nodes.TemplateData(data, lineno=node.lineno)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # Jinja's name
        self.generic_visit(node)
        mark, given = node.node, node.args
        is_text = isinstance(mark, nodes.Name) and mark.name == "_"
        if is_text and len(given) == 1 and isinstance(given[0], nodes.Const):
            return nodes.Const(_(given[0].value), lineno=node.lineno)
        return node


class _Writing(CodeGenerator):
    """Writes code that calls `written` where Jinja would call `escape`, and gives blocks whole.

    Jinja gives each piece of a page to the block around it, and that to the next, up to the frame.
    """

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline("written = environment.written")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        begins = frame.block is not None and frame.buffer is None
        if begins:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if begins:
            self.writeline(f"yield concat({frame.buffer})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("written(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    """Jinja, with the texts put in when a template is read: a list says the same in every row."""

    code_generator_class = _Writing
    written = staticmethod(written)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        read: nodes.Template = _Said().visit(super()._parse(source, name, filename))
        return read


def make_environment() -> Environment:
    """Return the environment of all pages: escaping always on, undefined names are errors."""
    environment = _Environment(
        loader=FileSystemLoader(bundled("frontend") / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,  # all of them: a bounded cache keeps them in order of use, at each
    )
    globals_: dict[str, Any] = {"_": _, "statics": statics.address, "version": __version__}
    environment.globals.update(globals_)
    environment.filters.update(
        from_afar=from_afar,
        in_brief=in_brief,
        number=swedish.format_number,
        spelled=_spelled,
        percent=swedish.format_percent,
        choices=_choices,
        number_rows=_number_rows,
        date=_date,
        date_long=lambda value: "" if value is None else swedish.format_date_long(_day(value)),
        date_short=lambda value: "" if value is None else swedish.format_date_short(_day(value)),
        moment=_moment,
        prose=lambda text: Markup(to_html(text)),  # noqa: S704  # to_html escapes what it is given
        iso=lambda value: "" if value is None else value.isoformat(),
    )
    _keep_drawn(environment)
    return environment


def _spelled(text: str | None) -> str:
    """Return a text with its terms as they are read; what is marked up stays so."""
    return "" if text is None else type(text)(spelled(text))


def _keep_drawn(environment: Environment) -> None:
    """Let icons and status words be drawn once each: lists hold hundreds of the same few."""
    for name, kept in (("icon", 500), ("tag", 2_000)):
        macro = getattr(environment.get_template(f"{name}s.html").module, name)
        drawn = lru_cache(kept, typed=True)(macro)
        environment.globals[f"drawn_{name}"] = environment.filters[name] = drawn
