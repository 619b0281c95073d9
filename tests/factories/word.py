"""Word files written by hand: the parts of a .docx that hold text, as Word writes them."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f"<w:styles {_SPACES}>"
    + "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'
        for id, name, more in (
            ("Normal", "Normal", ""),
            (
                "Rubrik1",
                "heading 1",
                '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>',
            ),
            ("Rubrik2", "heading 2", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
            ("Egen", "Kommunens rubrik", '<w:basedOn w:val="Rubrik2"/>'),
            ("Titel", "Title", ""),
            ("Innehll1", "toc 1", ""),
            ("Liststycke", "List Paragraph", ""),
        )
    )
    + "</w:styles>"
)


def run(text: str, *, bold: bool = False) -> str:
    """Return a run; a line break in *text* is one within the paragraph."""
    parts = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in text.split("\n")
    )
    return f"<w:r>{'<w:rPr><w:b/></w:rPr>' if bold else ''}{parts}</w:r>"


def paragraph(text: str, style: str = "", *, bold: bool = False, inside: str = "") -> str:
    """Return a paragraph; *inside* is what stands after its text."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{run(text, bold=bold) if text else ''}{inside}</w:p>"


def item(text: str) -> str:
    """Return a paragraph of a list."""
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    return f'<w:p><w:pPr><w:pStyle w:val="Liststycke"/>{listed}</w:pPr>{run(text)}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """Return a table; a line break in a cell is a new paragraph there."""
    made = "".join(
        "<w:tr>"
        + "".join(
            f"<w:tc>{''.join(paragraph(part) for part in cell.split(chr(10)))}</w:tc>"
            for cell in row
        )
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/>{made}</w:tbl>"


def struck(text: str) -> str:
    """Return text that was struck with tracked changes."""
    return f'<w:del w:id="9" w:author="X"><w:r><w:delText>{escape(text)}</w:delText></w:r></w:del>'


def inserted(text: str) -> str:
    """Return text that was put in with tracked changes."""
    return f'<w:ins w:id="8" w:author="X">{run(text)}</w:ins>'


def text_box(*texts: str) -> str:
    """Return a text box as Word writes it: twice, the second time for older readers."""
    inside = f"<w:txbxContent>{''.join(map(paragraph, texts))}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>'
        f"{inside}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def noted(number: int) -> str:
    """Return the mark of a footnote."""
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def word(
    *body: str,
    notes: tuple[str, ...] = (),
    headers: tuple[str, ...] = (),
    footers: tuple[str, ...] = (),
) -> bytes:
    """Return a .docx with these paragraphs and tables; *notes* are its footnotes from 1.

    *headers* and *footers* are parts of their own, of paragraphs and tables as the body.
    """
    edges = [("header", "hdr", one) for one in headers] + [
        ("footer", "ftr", one) for one in footers
    ]
    named = {f"{kind}{n}": (kind, tag, one) for n, (kind, tag, one) in enumerate(edges, 1)}
    ways = "".join(
        f'<Relationship Id="e{name}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for name, (kind, _tag, _one) in named.items()
    )
    told = "".join(
        f'<w:footnote w:id="{number}">{paragraph(text)}</w:footnote>'
        for number, text in enumerate(notes, 1)
    )
    bare = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_OFFICE}/officeDocument" '
        'Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="r1" '
        f'Type="{_OFFICE}/styles" Target="styles.xml"/><Relationship Id="r2" '
        f'Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>{ways}</Relationships>',
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": f"<w:footnotes {_SPACES}>{bare}{told}</w:footnotes>",
        "word/document.xml": f"<w:document {_SPACES}><w:body>{''.join(body)}<w:sectPr/></w:body>"
        "</w:document>",
    } | {
        f"word/{name}.xml": f"<w:{tag} {_SPACES}>{one}</w:{tag}>"
        for name, (_kind, tag, one) in named.items()
    }
    return packed({name: _HEAD + text for name, text in parts.items()})


def packed(parts: dict[str, str | bytes]) -> bytes:
    """Return the parts in a zip."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()
