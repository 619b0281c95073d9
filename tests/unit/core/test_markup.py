"""What people write becomes only the tags that we know."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.markup import to_html

TAGS = re.compile(
    r"</?(p|br|ul|ol|li|strong|h4)>"
    r'|<a href="https?://[^"<>]*" rel="noopener">|</a>'
)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Ett stycke.\nNästa rad.", "<p>Ett stycke.<br>Nästa rad.</p>"),
        ("Ett.\n\nTvå.", "<p>Ett.</p>\n<p>Två.</p>"),
        ("# Resultat", "<h4>Resultat</h4>"),
        ("- sent\n- olika", "<ul><li>sent</li><li>olika</li></ul>"),
        ("1. först\n2. sedan", "<ol><li>först</li><li>sedan</li></ol>"),
        ("**viktigt**", "<p><strong>viktigt</strong></p>"),
        (
            "[Skolverket](https://www.skolverket.se/a?b=1)",
            '<p><a href="https://www.skolverket.se/a?b=1" rel="noopener">Skolverket</a></p>',
        ),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("", ""),
    ],
)
def test_a_text_becomes_html(text: str, html: str) -> None:
    assert to_html(text) == html


@given(st.text(alphabet="ab<>&\"'*[]()#- \n1.:/htps", max_size=80))
def test_only_our_tags_are_ever_made(text: str) -> None:
    left = TAGS.sub("", to_html(text))

    assert "<" not in left
    assert ">" not in left
