"""Two people at the very same moment: one act is done, the other is told why it was not."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from tests.factories.chain import (
    ActionFactory,
    AnalysisFactory,
    CauseFactory,
    DevelopmentAreaFactory,
    EvidenceFactory,
    FindingFactory,
    FollowUpFactory,
)
from tests.factories.organizers import OrganizerFactory
from tests.places import acting_in

from ska.access import Role
from ska.actions import queries, services
from ska.actions.forms import DecisionForm, FollowUpForm
from ska.actions.models import Decision, FollowUp
from ska.analyses.models import Analysis
from ska.analyses.queries import analysis_by_id
from ska.audit import AuditEvent
from ska.errors import Conflict

ROUNDS = 4


@pytest.fixture
def ekhult(db):
    return OrganizerFactory()


def at_once(db, organizer, read, act):
    """Let two people read the same and then act together; return what was done and refused."""
    barrier = Barrier(2)

    def one(name):
        actor = acting_in(Role.QUALITY_LEAD, organizer)
        with db.session(actor.scope(organizer.id)) as session:
            thing = read(session, actor)
            barrier.wait(20)
            try:
                act(session, actor, thing, name)
                session.commit()
            except Conflict as refused:
                return refused.detail
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(one, ("Kim", "Robin")))


def acts(db, name):
    with db.as_owner() as session:
        return session.scalar(
            select(func.count()).select_from(AuditEvent).where(AuditEvent.act == name)
        )


def test_an_analysis_is_established_once(db, ekhult):
    for _round in range(ROUNDS):
        analysis = AnalysisFactory(organizer=ekhult)
        cause = CauseFactory(
            analysis=analysis, finding_id=FindingFactory(analysis=analysis).id, is_open=False
        )
        EvidenceFactory(analysis=analysis, cause_id=cause.id, side="for")

        answers = at_once(
            db,
            ekhult,
            lambda session, actor, one=analysis: analysis_by_id(session, actor, ekhult.id, one.id),
            lambda session, actor, thing, _name: services.establish_analysis(
                session, actor, analysis=thing, now=db.clock()
            ),
        )

        with db.as_owner() as session:
            stands = session.get_one(Analysis, analysis.id)
        assert sorted(one.partition(".")[0] for one in answers) == [
            "Analysen är fastställd och kan inte ändras",
            "done",
        ]
        assert (stands.state, stands.version) == ("established", 2)
    assert acts(db, "analysis.establish") == ROUNDS


def _follow_up(ekhult):
    area = DevelopmentAreaFactory(analysis=AnalysisFactory(organizer=ekhult))
    action = ActionFactory(organizer=ekhult, area=area, state="in_force")
    return FollowUpFactory(action=action)


def _answer(name):
    return FollowUpForm(
        done_answer="yes",
        what_happened=f"Så här såg {name} det.",
        effect_answer="partly",
        effect_ground="Proven.",
        learned="",
    )


def test_a_follow_up_is_answered_and_decided_once(db, ekhult):
    for _round in range(ROUNDS):
        follow_up = _follow_up(ekhult)

        def read(session, actor, one=follow_up):
            return queries.follow_up_by_id(session, actor, ekhult.id, one.id)

        def answer(session, actor, both, name):
            services.answer_follow_up(
                session, actor, action=both[0], follow_up=both[1], form=_answer(name),
                now=db.clock(),
            )  # fmt: skip

        def decide(session, actor, both, name):
            form = DecisionForm(kind="stop" if name == "Kim" else "embed", reason=f"Säger {name}.")
            services.decide(
                session, actor, action=both[0], follow_up=both[1], form=form,
                today=db.clock().date(),
            )  # fmt: skip

        answered = at_once(db, ekhult, read, answer)
        decided = at_once(db, ekhult, read, decide)

        assert answered[1] == decided[1] == "done"
        assert answered[0].startswith("Uppföljningen är redan besvarad.")
        assert decided[0] == "Ni har redan beslutat efter den här uppföljningen."
        with db.as_owner() as session:
            stands = session.get_one(FollowUp, follow_up.id)
            (decision,) = session.scalars(
                select(Decision).where(Decision.follow_up_id == follow_up.id)
            ).all()
        assert stands.what_happened in {f"Så här såg {one} det." for one in ("Kim", "Robin")}
        assert (decision.kind, decision.reason) in {
            ("stop", "Säger Kim."),
            ("embed", "Säger Robin."),
        }
    assert acts(db, "follow_up.answer") == acts(db, "decision.make") == ROUNDS
