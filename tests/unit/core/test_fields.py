"""What is asked for is said in words that people use."""

import pytest
from pydantic import TypeAdapter

from ska.actions.forms import ActionForm
from ska.core.fields import Amount


@pytest.mark.parametrize(
    ("bounds", "sentence"),
    [
        ({"low": -1_000_000}, "Ange ett tal, till exempel 91,1."),
        ({"low": 0.01}, "Ange ett tal från 0,01 och uppåt, till exempel 91,1."),
        ({"high": 10_000}, "Ange ett tal mellan 0 och 10\u00a0000, till exempel 91,1."),
    ],
)
def test_a_number_is_asked_for_with_bounds_that_someone_may_meet(bounds, sentence):
    with pytest.raises(ValueError, match="Ange") as wrong:
        Amount(**bounds).func("fem")

    assert str(wrong.value) == sentence


def test_days_may_be_written_as_one_says_them():
    days = TypeAdapter(ActionForm.model_fields["follow_ups"].rebuild_annotation())

    assert [str(one) for one in days.validate_python("22/1 2027 och 11/6 2027, 2027-10-01")] == [
        "2027-01-22",
        "2027-06-11",
        "2027-10-01",
    ]
