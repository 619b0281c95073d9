"""What the start page shows of the X-rays: one row a rule, five at most, as they came."""

from dataclasses import replace
from uuid import UUID

from ska.overview.rules.worth import MOST, worth_of_values, worth_of_work
from ska.values.xrays.catalogue import RULES
from ska.values.xrays.findings import Finding as ValueFinding
from ska.xrays.catalogue import shipped
from ska.xrays.rules import Finding, Hit

ABY = UUID(int=1)
WORK_RULES = sorted(shipped().rules.values(), key=lambda one: one.severity != "must")


def found(rule, sentence="Uppföljningen är inte gjord.", unit=None):
    return Finding(rule, Hit(sentence, sentence, "/insatser", unit))


def test_a_rule_is_one_row_that_counts_the_others():
    rule, other = WORK_RULES[:2]
    rows = worth_of_work(
        [found(rule), found(rule, "En till."), found(other), found(rule, "Och en.")], "/ekhult", {}
    )

    assert [(one.sentence, one.more) for one in rows] == [
        ("Uppföljningen är inte gjord.", 2),
        ("Uppföljningen är inte gjord.", 0),
    ]
    assert rows[0].more_href == f"/ekhult/rontgen/arbetet#{rule.id}"
    assert rows[0].advice == rule.advice
    assert rows[0].href == "/ekhult/insatser"


def test_five_rules_at_most_in_the_order_they_came():
    rows = worth_of_work([found(one) for one in WORK_RULES], "/ekhult", {})

    assert len(rows) == MOST
    assert [one.advice for one in rows] == [one.advice for one in WORK_RULES[:MOST]]
    assert all(one.is_grave for one in rows)


def test_the_unit_is_named_unless_the_sentence_does():
    places = {None: "Ekhult", ABY: "Åby byskola"}
    (rule, other, third) = WORK_RULES[:3]
    rows = worth_of_work(
        [found(rule, unit=ABY), found(other, "Åby byskola saknar mål.", ABY), found(third)],
        "/ekhult",
        places,
    )

    assert [one.where for one in rows] == ["Åby byskola", "", ""]


def test_a_number_leads_to_its_remedy_or_itself_or_the_x_ray():
    seen = ValueFinding("range", "a", "Andelen är 120 %.", "b", value_id=7)
    look = ValueFinding("outlier", "a", "Långt ifrån.", "b", value_id=7)
    bare = replace(look, rule_id="jump", value_id=None)

    rows = worth_of_values([seen, look, bare], "/ekhult")

    assert [one.href for one in rows] == [
        f"/ekhult{RULES['range'].mends}",
        "/ekhult/resultat/varde/7",
        f"/ekhult/rontgen#f{bare.key}",
    ]
    assert [one.is_grave for one in rows] == [True, False, False]
