"""Rows of the long table by a group of the pupils: what they may be, and what is said of them."""

from __future__ import annotations

import polars as pl

from ska.core.swedish import count_words
from ska.values.importers.observations import AreaType, Reading, Refused, Report
from ska.values.importers.sheets import Sheet
from ska.values.pupil_groups import told_words, words_of_groups
from ska.values.rules import WHOLE

_DIVIDED = [str(AreaType.ORGANIZER), str(AreaType.SCHOOL_UNIT)]
IS_GROUP = pl.col("pupil_group") != WHOLE


def reasons_of_groups() -> dict[str, pl.Expr]:
    """Return why a row of a group is rejected: only shares of a huvudman or a unit are divided."""
    is_whole = pl.col("area_type").is_in(_DIVIDED) & (pl.col("gender") == "T")
    has_no_n = pl.col("value").is_not_null() & pl.col("n").is_null()
    return {
        f"gruppen känns inte igen; skriv alla, {told_words()}": pl.col("pupil_group").is_null(),
        "en grupp läses in för huvudmannen eller en skola som helhet; skriv organisationsnumret"
        " eller skolenhetskoden som område och alla som kön": IS_GROUP & ~is_whole,
        "en grupp läses in som andel; skriv enheten % och värdet i procent": IS_GROUP
        & (pl.col("enhet") != "%"),
        "en grupp behöver antal; skriv hur många elever andelen gäller": IS_GROUP & has_no_n,
    }


def warn_about_groups(kept: pl.DataFrame, report: Report) -> None:
    """Warn of groups beside which the file has no row of all pupils, or none of the huvudman's."""
    place = ["measure", "area_type", "area_code", "period"]
    whole = kept.filter(~IS_GROUP, pl.col("gender") == "T")
    alone = kept.filter(IS_GROUP).join(whole, on=place, how="anti").height
    if alone:
        report.warn(
            "group_without_whole",
            f"{count_words(alone, 'värde', 'värden')} för grupper har ingen rad för alla elever i"
            " filen. De visas bara om den raden redan är inläst.",
        )
    groups = kept.filter(IS_GROUP)
    of_huvudman = groups.filter(area_type=str(AreaType.ORGANIZER))
    less = groups.join(of_huvudman, on=["measure", "period", "pupil_group"], how="anti").height
    if less:
        report.warn(
            "group_of_unit_alone",
            f"{count_words(less, 'värde', 'värden')} för grupper på skolor har ingen rad för samma"
            " grupp hos huvudmannen i filen. De visas bara om den raden redan är inläst.",
        )


def refuse_groups(sheet: Sheet) -> None:
    """Raise Refused when cells name groups of pupils: only our own table knows the whole of them.

    In any other the groups' rows would be taken for that of all pupils.
    """
    cells = {str(cell).strip().lower() for one in sheet.cells.iter_columns() for cell in one}
    if cells & words_of_groups():
        raise Refused(
            "Tabellen har värden för grupper av elever (bakgrund eller föräldrars utbildning). "
            "Läs in dem i vår långa tabell, med kolumnen grupp."
        )


def refuse_other_places(reading: Reading, number: str | None) -> None:
    """Raise Refused when values by group are of another than the huvudman with this *number*."""
    of_huvudman = IS_GROUP & (pl.col("area_type") == str(AreaType.ORGANIZER))
    places = set(reading.observations.filter(of_huvudman)["area_code"])
    if places - {number}:
        raise Refused(
            "Grupper läses in för den egna huvudmannen och dess skolor. Skriv ert"
            f" organisationsnummer{f', {number},' if number else ''} som område."
        )
