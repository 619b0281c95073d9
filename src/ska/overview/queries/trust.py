"""What an indicator can and cannot say, with what our own values tell of it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from sqlalchemy.orm import Session

from ska.access import Actor
from ska.framework.queries.guides import guide_of
from ska.organizers.models import Organizer
from ska.overview.queries.derived import with_derived
from ska.overview.queries.items import ItemRow
from ska.overview.queries.pages import (
    indicator_by_code,
    subject_of,
    values_of,
    where_is,
)
from ska.overview.rules.places import place_rows
from ska.overview.rules.rows import OFFICIAL
from ska.overview.rules.trends import Seen, see
from ska.overview.rules.trust import (
    Standing,
    Steadiness,
    next_release,
    standing_of,
    steadiness_of,
)
from ska.values.areas import plain
from ska.values.importers.observations import Source
from ska.values.queries import published_values_by_title
from ska.values.zeros import silence_in


@dataclass(frozen=True)
class TrustView:
    """Everything on the page about a measure."""

    item: ItemRow
    seen: Seen
    says: str
    cannot_say: str
    misreadings: tuple[str, ...]
    steadier_with: str
    breaks: tuple[tuple[str, str], ...]
    seen_in: str
    standing: Standing | None
    steadiness: Steadiness
    next_release: str


def trust_view(session: Session, actor: Actor, organizer: Organizer, code: str) -> TrustView:
    """Return what may be trusted in an indicator; raise Missing for an unknown one."""
    item = indicator_by_code(session, actor, organizer.id, code)
    where = where_is(organizer, None)
    values = with_derived(values_of(session, actor, organizer, where, [item]), [code])
    placed = place_rows(values, where)
    rows = [one for one in placed if one.group == OFFICIAL]
    seen = see(subject_of(item, silence_in(values), rows), rows)
    whole, number = _schools(session, item), organizer.organisation_number
    own = values.filter(pl.col("is_own") & (pl.col("area_type") == "school_unit"))
    mine = pl.concat(
        [
            whole.filter(pl.col("organizer_number").is_in([number] if number else [])),
            own.select(whole.columns),
        ]
    )
    said = subject_of(item).said
    guide = guide_of(code)
    return TrustView(
        item=item,
        seen=seen,
        says=said("reading"),
        cannot_say=guide.cannot_say if guide else said("cannot_say"),
        misreadings=guide.misreadings if guide else (said("caution"),),
        steadier_with=guide.steadier_with if guide else "",
        breaks=tuple((one.periods[0], one.reason) for one in guide.breaks) if guide else (),
        seen_in=guide.seen_in if guide else said("method_source"),
        standing=standing_of(mine),
        steadiness=steadiness_of(whole if whole.height else own),
        next_release=next_release(item.details.get("publication_month")),
    )


def _schools(session: Session, item: ItemRow) -> pl.DataFrame:
    """Return the published values of every school in the measure, all genders together."""
    label = plain(str(item.details.get("published_label") or ""))
    frame = published_values_by_title(session, str(Source.QUALITY_SYSTEM), label)
    return frame.filter((pl.col("area_type") == "school_unit") & (pl.col("gender") == "T"))
