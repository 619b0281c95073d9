"""An arbetssätt is taken back in the moment when it is borrowed."""

from uuid import UUID

from tests.factories.borrowing import PLANNED, area_of
from tests.places import acting_in

from ska.access import Role
from ska.actions.borrowing.models import PracticeLoan
from ska.actions.borrowing.queries import source_by_id
from ska.actions.forms import ActionForm
from ska.actions.models import Action
from ska.actions.services.planning import plan_action
from ska.analyses.models import Analysis, DevelopmentArea
from ska.db.session import Scope


def test_what_was_taken_back_since_it_was_read_is_kept_as_ones_own(db, network, lent):
    organizer = network["Sjövalla"][1]
    area_id = area_of(organizer).id
    with db.session(Scope(frozenset({organizer.id}), organizer.id)) as session:
        actor = acting_in(Role.QUALITY_LEAD, organizer)
        practice_id = UUID(lent.rpartition("/")[2])
        source = source_by_id(session, actor, organizer.id, practice_id, db.clock.now.date())
        assert network["Lindåsa"][0].post(f"/lindasa{lent}/sluta").status_code == 303
        area = session.get_one(DevelopmentArea, area_id)
        made = plan_action(
            session, actor, organizer_id=organizer.id, area=area,
            analysis=session.get(Analysis, area.analysis_id),
            form=ActionForm.model_validate(PLANNED), source=source,
        )  # fmt: skip
        session.commit()
        action_id = made.id

    with db.as_owner() as session:
        kept = session.get_one(Action, action_id)
        assert (kept.title, kept.credit, kept.loan_id) == (PLANNED["title"], None, None)
        assert session.query(PracticeLoan).count() == 0
