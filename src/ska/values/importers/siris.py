"""Skolverket's own exports ("Sök statistik", SIRIS), in every layout of data-sources, section 7.

One row an area and type of huvudman, and often gender, subject or task; prose before the table, a
header that starts with Kommun or Skola, prose after it. CSV, Excel and XML share this reader.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from ska.values.importers.cells import MACHINE_NUMBER, SWEDISH_NUMBER, read_cells
from ska.values.importers.observations import (
    AreaType,
    Reading,
    Refused,
    Report,
    Source,
    area_frame,
    check_ranges,
    measure_frame,
    settle,
)
from ska.values.importers.sheets import Sheet
from ska.values.importers.siris_layout import (
    A_WORD,
    AFTER_THE_TABLE,
    GENDERS,
    SCOPES,
    Layout,
    end_of,
    read_layout,
    recognises,
    school_year,
)
from ska.values.importers.siris_units import is_background, unit_of
from ska.values.importers.zeros import warn_about_zeros
from ska.values.rules import SKOLVERKET_SYMBOLS, Finality

__all__ = ["read", "recognises"]
_COUNTS = r"^(?:Antal elever(?: med provbetyg A-F)?|Elever, årskurs 1-9)(?: \||$)"
_OTHER_GROUP = r"delta"  # who took part is a share of all, not of those with a result


def read(tables: list[Sheet], others: list[Sheet], file: str) -> list[Reading]:
    """Return the observations of each sheet of an export, and what the notes say of measures."""
    notes = [row for sheet in others if is_notes(sheet) for row in _rows(sheet, 0)]
    readings = [_read(table, file, notes, read_layout(table)) for table in tables]
    for one in readings:
        warn_about_zeros(one.observations, one.report)
    return readings


def read_part(sheet: Sheet, file: str, layout: Layout) -> Reading:
    """Return the observations of a part of a large export, whose layout is that of the whole.

    Whole columns and repeated cells are told of by the one who sees all parts.
    """
    layout = replace(layout, end=end_of(sheet, layout.header))
    return _read(sheet, file, [], layout, is_part=True)


def is_notes(sheet: Sheet) -> bool:
    """Tell whether a sheet only holds the report's description."""
    return any(cell.startswith(AFTER_THE_TABLE) for cell in sheet.first_cells()[:20])


def _read(
    sheet: Sheet, file: str, notes: list[list[str]], layout: Layout, *, is_part: bool = False
) -> Reading:
    report = Report(file=file, source=Source.SIRIS, kind="table", title=layout.title)
    report.layout = layout.traits
    rows = _with_keys(_body(sheet, layout), layout)
    report.rows = rows.height
    long = _cells(rows, layout, number=_number_pattern(sheet))
    checked = check_ranges(long, "label", unit_of(pl.col("label")))
    frame = settle(checked, report, is_part=is_part)
    after = _rows(sheet, layout.end) + notes
    return Reading(
        report=report,
        observations=frame,
        measures=_measures(long, layout, after),
        areas=_areas(rows, layout),
        definitions="\n".join(" ".join(cells).strip() for cells in after).strip(),
    )


def _number_pattern(sheet: Sheet) -> str:
    """A workbook's numbers are machine numbers, but cells typed as text are Swedish."""
    return f"{SWEDISH_NUMBER}|{MACHINE_NUMBER}" if sheet.is_workbook else SWEDISH_NUMBER


def _body(sheet: Sheet, layout: Layout) -> pl.DataFrame:
    """Return the data rows: keys and words by name, columns of values by their name."""
    body = sheet.numbered().slice(layout.header + 1, layout.end - layout.header - 1)
    texts = [column for column in body.columns if column != "row"]
    filled = pl.col(texts).fill_null("").str.strip_chars() != ""
    body = body.filter(pl.any_horizontal(filled))
    places = {place: f"key {key}" for key, place in layout.keys.items()}
    places |= {place: f"word {word}" for word, place in layout.words.items()}
    places |= {column.place: f"cell {column.place}" for column in layout.columns}
    extra = texts[max(places) + 1 :]
    if (
        extra
        and body.select(
            pl.any_horizontal(pl.col(extra).fill_null("").str.strip_chars() != "").any()
        ).item()
    ):
        raise Refused("Tabellen har fler celler än rubriker. Filen är skadad eller omgjord.")
    body = body.select("row", **{name: pl.col(texts[place]) for place, name in places.items()})
    if sheet.is_workbook:  # there an empty cell is null; in text it is a row that broke off
        body = body.with_columns(pl.col(pl.String).fill_null(""))
    return body.with_columns(pl.col("^(?:key|word) .*$").fill_null("").str.strip_chars())


def _cells(rows: pl.DataFrame, layout: Layout, number: str) -> pl.DataFrame:
    index = ["row", "area_type", "area_code", "scope", "gender_of_row", "word", "key_reason"]
    long = rows.unpivot(
        on=[f"cell {column.place}" for column in layout.columns],
        index=index,
        variable_name="place",
        value_name="raw_value",
    )
    long = pl.concat([long, _of_columns(layout, rows.height)], how="horizontal")
    if layout.words:
        label = _joined("label", "word")
        long = long.with_columns(label=label, measure=_joined(pl.lit(layout.title), label))
    return _with_group_size(
        read_cells(long, SKOLVERKET_SYMBOLS, number=number).with_columns(
            gender=pl.coalesce("gender_of_row", "gender_of_column"),
            period_type=pl.lit(str(layout.period_type)),
            finality=pl.lit(str(Finality.FINAL)),
            carried_from=pl.lit(None, pl.String),
            reason=pl.coalesce("key_reason", "reason"),
        )
    )


def _of_columns(layout: Layout, rows: int) -> pl.DataFrame:
    """Return what each column says of its cells, in the order in which columns are unpivoted."""
    _, _, subject = layout.title.partition(" - ")
    said = pl.DataFrame(
        [
            {
                "column": one.name,
                "label": one.label or ("" if layout.words else subject),
                "measure": " | ".join(filter(None, (layout.title, one.label))),
                "gender_of_column": one.gender or "T",
                "period": _spelled(one.period) or layout.period,
            }
            for one in layout.columns
        ]
    )
    return said.select(pl.all().gather(pl.int_range(said.height * rows) // max(rows, 1)))


def _spelled(period: str) -> str:
    return school_year(period) if "/" in period else period


def _joined(first: pl.Expr | str, second: pl.Expr | str) -> pl.Expr:
    """Return two texts with a bar between; the bar is left out when one of them is empty."""
    both = pl.concat_str(first, second, separator=" | ")
    return both.str.strip_prefix(" | ").str.strip_suffix(" | ")


def _with_keys(body: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    """Return the rows with what their keys mean, and a reason where a key is not known."""
    about, digits = ("Skolenhets", 8) if layout.is_about_schools else ("Kommun", 4)
    code, name = pl.col(f"key {about}kod"), pl.col(f"key {layout.names_are}")
    is_known = code.str.contains(rf"^\d{{{digits}}}$")
    is_federation = (code == "") & (name != "") & pl.lit(not layout.is_about_schools)
    kind = AreaType.SCHOOL_UNIT if layout.is_about_schools else AreaType.MUNICIPALITY
    return body.with_columns(
        area_type=pl.when(is_federation)
        .then(pl.lit(str(AreaType.FEDERATION)))
        .otherwise(pl.lit(str(kind))),
        area_code=pl.when(is_federation).then(name).otherwise(code),
        scope=_known("Typ av huvudman", _SCOPES, layout, pl.lit(layout.scope)),
        gender_of_row=_known("Kön", GENDERS, layout, pl.lit(None, pl.String)),
        word=pl.concat_str([pl.lit(""), *_words(layout)], separator=" | ").str.strip_prefix(" | "),
    ).with_columns(
        key_reason=pl.when(~(is_known | is_federation))
        .then(pl.lit("raden har ingen områdeskod"))
        .when(pl.col("scope").is_null())
        .then(pl.lit("typen av huvudman känns inte igen"))
        .when(pl.col("gender_of_row").is_null() & pl.lit("Kön" in layout.keys))
        .then(pl.lit("könet känns inte igen"))
        .when(
            ~pl.all_horizontal(
                [pl.lit(True), *(one.str.contains(A_WORD) for one in _words(layout))]
            )
        )
        .then(pl.lit("ämnet eller uppgiften är inte ord; raden kan ha skjutits i sidled"))
        .when(pl.any_horizontal([pl.col(f"cell {one.place}").is_null() for one in layout.columns]))
        .then(pl.lit("raden har färre celler än tabellhuvudet"))
    )


def _words(layout: Layout) -> list[pl.Expr]:
    return [pl.col(f"word {word}") for word in layout.words]


_SCOPES = {word: str(scope) for word, scope in SCOPES.items()}


def _known(key: str, meanings: dict[str, str], layout: Layout, otherwise: pl.Expr) -> pl.Expr:
    """Return what the words of a key column mean, null for unknown ones."""
    if key not in layout.keys:
        return otherwise
    return pl.col(f"key {key}").replace_strict(meanings, default=None, return_dtype=pl.String)


def _with_group_size(frame: pl.DataFrame) -> pl.DataFrame:
    """Set n of shares and means to the number of pupils that the same row gives, by gender."""
    place = ["row", "gender", "period"]
    is_count = pl.col("label").str.contains(_COUNTS) & pl.col("value").is_not_null()
    sizes = frame.filter(is_count).select(*place, size=pl.col("value").cast(pl.Int64))
    if sizes.is_empty():
        return frame.with_columns(n=pl.lit(None, pl.Int64))
    sizes = sizes.unique(place, keep="first", maintain_order=True)
    label = pl.col("label")
    stands_on_it = label.str.contains("^Andel|betygspoäng") & ~label.str.contains(_OTHER_GROUP)
    return frame.join(sizes, on=place, how="left", maintain_order="left").with_columns(
        n=pl.when(stands_on_it).then("size")
    )


def _rows(sheet: Sheet, start: int) -> list[list[str]]:
    return [sheet.row(i) for i in range(start, sheet.cells.height)]


def _measures(long: pl.DataFrame, layout: Layout, after: list[list[str]]) -> pl.DataFrame:
    meanings: dict[str, str] = {}
    latest = ""
    for cells in after:
        name, text = cells[0], " ".join(cells[1:]).strip()
        latest = name or latest
        if text:
            meanings[latest] = f"{meanings.get(latest, '')} {text}".strip()
    found = long.select("measure", "label", "column").unique("measure", maintain_order=True)
    units = found.select(unit=unit_of(pl.col("label")))["unit"]
    return measure_frame(
        [
            {
                "code": code,
                "title": label.replace("#", "").replace(" | ", ", "),
                "unit": unit or ("tkr" if "tusentals kronor" in meaning else ""),
                "definition": meaning,
                "nature": "background" if is_background(label) else "result",
            }
            for (code, label, column), unit in zip(found.iter_rows(), units, strict=True)
            for meaning in [_meaning(meanings, label, column)]
        ]
    )


def _meaning(meanings: dict[str, str], label: str, column: str) -> str:
    """Return the definition of a measure: under its own name, its group's or its task's."""
    names = [label, *label.split(" | "), label.rpartition(": ")[2], *column.split(": ")]
    return next((meanings[name] for name in names if name in meanings), "")


def _areas(rows: pl.DataFrame, layout: Layout) -> pl.DataFrame:
    rows = rows.filter(pl.col("key_reason").is_null()).unique(
        ["area_type", "area_code"], keep="first", maintain_order=True
    )
    absent = [key for key in ("Kommunkod", "Huvudman orgnr") if key not in layout.keys]
    rows = rows.with_columns(pl.lit("").alias(f"key {key}") for key in absent)
    is_school = pl.lit(layout.is_about_schools)
    areas = rows.select(
        "area_type",
        code="area_code",
        name=f"key {layout.names_are}",
        municipality_code="key Kommunkod",
        organizer_number=pl.when(is_school).then("key Huvudman orgnr"),
        unit_code=pl.when(is_school).then("area_code"),
    )
    return area_frame(areas.to_dicts())
