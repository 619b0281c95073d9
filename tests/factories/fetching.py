"""Fetches as the worker leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import factory
from tests.factories.base import Factory
from tests.factories.organizers import OrganizerFactory

from ska.fetching.models import Fetch


class FetchFactory(Factory):
    class Meta:
        model = Fetch

    organizer = factory.SubFactory(OrganizerFactory)
    key = factory.Sequence(lambda number: f"asked {number}")
    title = "Begärd av Kim Ek"
    due_on = date(2026, 9, 4)
    state = "incomplete"
    answered = 412
    finished_at = datetime(2026, 9, 4, 7, 0, tzinfo=UTC)
    account = {  # noqa: RUF012  # only read
        "counts": {"new": 3_120, "revised": 4, "unchanged": 60_211, "rejected_cells": 0},
        "missing": [
            {
                "source": "planned_educations",
                "what": "school-units/12345678/statistics/gr",
                "reason": "källan svarade inte efter 7 försök: källan svarade 503",
            }
        ],
        "alarms": ["”Delmål 1: A” har flyttat från kod 24 till 26."],
        "proposals": ["Delmål 1: Andel (%) som ingen hört talas om", "Delmål 99: Okänt delmål"],
    }

    @classmethod
    def _create(cls, model_class, *args, organizer, **kwargs):
        return super()._create(model_class, *args, organizer_id=organizer.id, **kwargs)
