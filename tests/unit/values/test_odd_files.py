"""Whatever the bytes are, a file is read with a whole account or refused; nothing breaks."""

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.values import export, own_table

from ska.values.importers.observations import Refused
from ska.values.importers.recognise import read_content

EXPORT = export("1497;Samtliga;120;75,8", "1497;Enskild;..;~100").encode()
OWN = own_table("Trygghet;12345678;Ekskolan;VT25;alla;8,2;52;index 0–10", "Närvaro;1;;2;;x;y;%")
KOLADA = orjson.dumps(
    {
        "values": [
            {
                "kpi": "N15419",
                "municipality": "1497",
                "period": 2025,
                "values": [{"gender": "T", "count": 1, "status": "", "value": 75.1}],
            }
        ],
        "next_url": None,
    }
)


def read(content):
    try:
        reading = read_content(content, "fil")
    except Refused:
        return
    assert reading.report.is_complete


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes(content):
    read(content)


@settings(max_examples=300, deadline=None)
@given(
    content=st.sampled_from([EXPORT, OWN, KOLADA]),
    at=st.integers(0, 700),
    cut=st.integers(0, 60),
    put=st.binary(max_size=12)
    | st.sampled_from([b";", b"\n", b'"', b"null", b"[]", b"{}", b"1e9"]),
)
def test_a_file_that_was_damaged(content, at, cut, put):
    read(content[:at] + put + content[at + cut :])


json_value = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False)
    | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["kpi", "values", "id", "title", "members", "type", "gender", "value"]),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(values=json_value)
def test_any_json_with_values(values):
    read(orjson.dumps({"values": values}, option=orjson.OPT_NON_STR_KEYS))


@pytest.mark.parametrize(
    "entry",
    [
        {"kpi": "N15419", "values": [3]},
        {"kpi": 7, "municipality": 1497, "period": None, "values": [{"gender": 1}]},
        {"kpi": "N15419", "municipality": None, "period": 2025, "values": [{"value": "x"}]},
        {"id": 3, "title": 4, "is_divided_by_gender": True},
        {"id": "G1", "title": "x", "members": [7]},
        {"id": "G1", "title": "x", "members": 7},
    ],
)
def test_odd_records(entry):
    read(orjson.dumps({"values": [entry]}))
    read(orjson.dumps({"values": [entry], "next_url": 7, "previous_url": []}))
