"""Three earlier reports of Åby byskola, as three different people wrote them; all invented."""

from __future__ import annotations

import io
import re
import zipfile

from tests.factories.word import (
    inserted,
    item,
    noted,
    paragraph,
    struck,
    table,
    text_box,
    word,
)


def _h1(text: str) -> str:
    return paragraph(text, "Rubrik1")


def _h2(text: str) -> str:
    return paragraph(text, "Rubrik2")


def with_headings() -> bytes:
    """Return the report of 2023/24: real headings, a table, footnotes, tracked changes."""
    return word(
        paragraph("Kvalitetsrapport Åby byskola", "Titel"),
        paragraph("Läsåret 2023/2024"),
        paragraph(""),
        paragraph("Innehåll", "Rubrik1"),
        paragraph("1 Sammanfattning\t2", "Innehll1"),
        paragraph("2 Förutsättningar\t3", "Innehll1"),
        _h1("1 Sammanfattning"),
        paragraph("Läsningen har blivit bättre i de yngre årskurserna. Arbetsron varierar."),
        _h1("2 Enhetens förutsättningar"),
        paragraph("Skolan har 41 elever i förskoleklass till årskurs 6."),
        paragraph("Två av fyra lärare är nya för året.", inside=noted(1)),
        _h1("3 Uppföljning av förra årets insatser"),
        table(
            ("Insats", "Genomfördes", "Effekt"),
            ("Läsveckor varje termin", "Ja", "Fler läser på fritiden\nEffekten mättes inte"),
            ("Gemensam rastvakt", "Delvis", "För tidigt att säga"),
        ),
        _h1("4 Resultat"),
        _h2("Normer och värden"),
        paragraph("De flesta trivs. Var fjärde elev säger att det är stökigt.",
                  inside=text_box("Vi vill ha lugnare lektioner", "Elevrådet i maj")),
        _h2("Kunskaper"),
        paragraph("Sex av sju elever i årskurs 6 nådde målen i alla ämnen."),
        paragraph("Resultaten i mate\u00admatik sjönk.",
                  inside=struck("Mycket.") + inserted(" Något.")),
        _h1("5 Analys"),
        paragraph("Vi tror att bytet av lärare har gjort lektionsstarterna ojämna."),
        paragraph("Läsveckorna tog tid från matematiken."),
        _h1("6 Prioriterade utvecklingsområden"),
        item("Lika lektionsstart i alla klasser"),
        item("Matematik i årskurs 3–4"),
        _h1("7 Åtgärder nästa läsår"),
        table(
            ("Åtgärd", "Ansvarig", "Klart"),
            ("Samma rutin för lektionsstart i alla klasser", "Arbetslaget", "Oktober"),
            ("Två lärare i matematik på tisdagar", "Rektor", "Januari"),
        ),
        paragraph("Vi ska följa upp åtgärderna i januari."),
        _h1("Tack"),
        paragraph("Tack till elevrådet och alla som har svarat på enkäten."),
        notes=("Lärarna började i augusti.",),
    )  # fmt: skip


def with_bold_lines() -> bytes:
    """Return the report of 2024/25: no styles at all, headings are bold lines."""

    def bold(text: str) -> str:
        return paragraph(text, bold=True)

    return word(
        bold("KVALITETSREDOVISNING 2024/25"),
        paragraph("Åby byskola, Lindåsa"),
        bold("Så har arbetet gått till"),
        paragraph("Arbetslaget har träffats fyra gånger. Elevrådet har läst texten."),
        paragraph("Vårdnadshavare erbjöds ett samråd i maj."),
        bold("Trygghet och studiero"),
        paragraph("Lektionerna börjar lugnare än förra året."),
        paragraph("Rasterna är fortfarande svåra.", inside=""),
        bold("Kunskapsresultat"),
        paragraph("Alla utom en nådde målen i svenska."),
        bold("Årskurs 1–3"),
        paragraph("Läsningen har kommit i gång tidigt."),
        paragraph("Orsaker\nVi tror att rutinen för lektionsstart har gett effekt."),
        bold("Vad beror det på?"),
        paragraph("Rastvakterna byts varje dag, så eleverna vet inte vem de ska gå till."),
        bold("Styrkor"),
        item("Lugna lektionsstarter"),
        item("Tidig läsinlärning"),
        bold("Insatser nästa år"),
        paragraph("Insats: Fasta rastvakter som eleverna känner"),
        paragraph("Skolan ska ha ett samtal med varje elev om rasterna före höstlovet."),
        bold("Behov"),
        paragraph("Vi behöver hjälp av centrala elevhälsan en dag i veckan."),
    )


def paragraphs_in(content: bytes) -> int:
    """Count the paragraphs with text in a Word file, by another way than the reader's."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [archive.read(f"word/{one}.xml").decode() for one in ("document", "footnotes")]
    told = re.sub(r"<mc:Fallback>.*?</mc:Fallback>", "", "".join(parts), flags=re.S)
    return sum("<w:t " in one for one in re.split(r"<w:p[ >]", told))


PASTED = """Kvalitetsrapport 2025/26 Åby byskola
Sammanfattning
Rasterna har blivit lugnare. Matematiken behöver mer tid.

Förra årets insatser
Fasta rastvakter infördes i september. Antalet bråk som elevrådet räknade gick ner.

Resultat
Fem av sju elever i årskurs 6 nådde målen i matematik.
Område\tNådde målen\tAv
Svenska\t7\t7
Matematik\t5\t7

Analys av orsaker
Vi har bytt lärare i matematik två gånger. Repetitionen hann inte med.
•\tNya elever kom i januari
•\tLäromedlet byttes

Utvecklingsområden
Matematik i årskurs 4–6.

Planerade insatser
Vi kommer att ha samma lärare i matematik hela läsåret.
- Repetition varje fredag
- Räknestuga efter skolan

Övrigt
Skolgården byggdes om under våren.
"""
