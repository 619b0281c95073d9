"""What may be compared, as the list shows it: what has values here first, by delmål. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ska.core.text import _
from ska.overview.queries.items import ItemRow
from ska.values.areas import names_of


@dataclass(frozen=True)
class Listed:
    """A heading of the list, and what stands under it."""

    heading: str
    items: tuple[ItemRow, ...]


def listed(
    items: Sequence[ItemRow], goals: Mapping[str, str], held: Collection[str]
) -> list[Listed]:
    """Return the *items* under headings; those without a value here last, under one of their own.

    *goals* are the delmåls headings by code, in the framework's order, *held* the names of the
    measures that have a value here.
    """
    groups: dict[str, list[ItemRow]] = {heading: [] for heading in goals.values()}
    for one in items:
        groups.setdefault(_heading_of(one, goals), []).append(one)
    found = {
        heading: tuple(one for one in group if is_held(one, held))
        for heading, group in groups.items()
    }
    bare = [one for group in groups.values() for one in group if not is_held(one, held)]
    found[_("Inga värden inlästa här än")] = tuple(bare)
    return [Listed(heading, group) for heading, group in found.items() if group]


def is_held(item: ItemRow, held: Collection[str]) -> bool:
    """Tell whether an indicator has a value here; a worked-out one takes all that it reads."""
    if reads := item.details.get("reads"):
        return all(name in held for _source, name in reads)
    titles, codes = names_of(item.details)
    return any(name in held for name in (*titles, *codes))


def _heading_of(item: ItemRow, goals: Mapping[str, str]) -> str:
    if item.kind == "local":
        return _("Egna indikatorer")
    if item.kind == "derived":
        return _("Beräknade mått")
    if item.kind == "relation":
        return _("Betyg och nationella prov")
    codes = item.details.get("sub_goals") or ()
    about = str(item.details.get("category") or "").lower()
    conditions = _("Förutsättningar: {about}").format(about=about) if about else ""
    found = next((goals[code] for code in codes if code in goals), "")
    return found or conditions or _("Förutsättningar")
