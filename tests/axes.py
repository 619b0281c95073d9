"""The words under the pictures of a page in a browser, and those that stand on one another."""

from __future__ import annotations

from typing import Any

_BELOW = """all => all.map((one) => {
  const words = [...one.querySelectorAll(".canvas [class^=xaxislayer] text")]
    .filter((word) => word.textContent)
    .map((word) => [word.textContent, word.getBoundingClientRect()]);
  const meet = ([, a], [, b]) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const met = words.filter((word, at) => words.slice(at + 1).some((other) => meet(word, other)));
  return [one.id, words.length, met.map(([text]) => text)];
})"""


def words_below(page: Any) -> tuple[int, dict[str, list[str]]]:
    """Draw every picture; return how many have words below, and the words that meet in each."""
    for figure in page.locator("figure.chart:has(.plot:not([hidden]))").all():
        figure.scroll_into_view_if_needed()
        page.wait_for_timeout(150)
    page.locator("figure[data-drawn]").first.wait_for()
    found = page.locator("figure[data-drawn]").evaluate_all(_BELOW)
    return sum(count > 1 for _id, count, _met in found), {one: met for one, _n, met in found if met}
