import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ska.core.personal_data import HitKind, find_personal_data


def check_digit(nine: str) -> str:
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10))
        for place, digit in enumerate(nine)
    )
    return str(-total % 10)


def number(day: date, serial: int, *, coordination: bool = False) -> str:
    birth = f"{day:%Y%m}{day.day + (60 if coordination else 0):02}"
    nine = f"{birth[2:]}{serial:03}"
    return f"{birth}{serial:03}{check_digit(nine)}"


def spellings(twelve: str) -> list[str]:
    birth, last = twelve[:8], twelve[8:]
    year, month, day = birth[:4], birth[4:6], birth[6:]
    return [
        twelve,
        twelve[2:],
        f"{birth}-{last}",
        f"{birth[2:]}-{last}",
        f"{birth[2:]}+{last}",
        f"{birth[2:]} {last}",
        f"{birth[2:]}\u00a0{last}",
        f"{birth[2:]} - {last}",
        f"{birth[2:]}\u2013{last}",
        f"{birth[2:]}\u2011{last}",
        f"{birth[2:]}\u2212{last}",
        f"{birth[2:]}\u200b{last}",
        f"{year} {month} {day} {last}",
        f"{year}-{month}-{day}-{last}",
        f"{birth[2:4]} {month} {day}-{last}",
        f"{birth[:4]}\n{birth[4:]}-{last}",
        f"{birth[2:]}-\n{last}",
        f"{birth}-\r\n{last}",
        f"{birth[2:]}-{last[:2]}\n{last[2:]}",
        f"{birth[2:5]}\n{birth[5:]}-{last}",
    ]


def some_numbers(count: int, seed: int = 42):
    chance = random.Random(seed)
    for index in range(count):
        day = date(1925, 1, 1) + timedelta(days=chance.randrange(36_800))
        yield number(day, chance.randrange(1000), coordination=index % 4 == 0), chance


def test_every_one_of_ten_thousand_generated_numbers_is_found_in_any_spelling():
    missed = []
    for twelve, chance in some_numbers(10_000):
        written = chance.choice(spellings(twelve))
        hits = find_personal_data(f"Eleven {written}, åk 7")
        if [f"Eleven {written}"[hit.start : hit.end] for hit in hits] != [written]:
            missed.append(written)

    assert missed == []


def test_a_number_that_was_mistyped_is_found_as_people_write_it():
    missed, count = [], 10_000
    for twelve, chance in some_numbers(count):
        wrong = twelve[:-1] + str((int(twelve[-1]) + chance.randrange(1, 10)) % 10)
        written = chance.choice(
            [f"{wrong[:8]}-{wrong[8:]}", f"{wrong[2:8]}-{wrong[8:]}", f"{wrong[2:8]}+{wrong[8:]}",
             f"{wrong[:8]}\u2013{wrong[8:]}"]
        )  # fmt: skip
        hits = find_personal_data(f"Eleven ({written}), åk 7")
        if [hit.end - hit.start for hit in hits] != [len(written)]:
            missed.append(written)

    # What could as well be a span of days in a year: 101213-1220.
    assert all(written[2:6] < written[7:] <= "1291" for written in missed)
    assert len(missed) < count / 50


def test_a_mistyped_number_without_hyphen_is_found_unless_it_may_be_an_hour():
    (hit,) = find_personal_data("Eleven 201012139876 i årskurs 7")

    assert hit.kind is HitKind.PERSONAL_NUMBER
    assert find_personal_data("Filen 202611051431 läses in") == []


def test_coordination_numbers_are_called_so():
    twelve = number(date(2011, 3, 14), 238, coordination=True)

    (hit,) = find_personal_data(twelve)

    assert hit.kind is HitKind.COORDINATION_NUMBER
    assert "ett samordningsnummer" in hit.sentence
    assert twelve not in hit.sentence


def test_random_digits_are_rarely_taken_for_a_person():
    chance = random.Random(7)
    texts = ["".join(chance.choices("0123456789", k=chance.randint(10, 12))) for _ in range(30_000)]

    share = sum(bool(find_personal_data(text)) for text in texts) / len(texts)

    assert share <= 0.005


def test_organisation_numbers_and_school_unit_codes_are_left_alone():
    chance = random.Random(11)
    for _ in range(5_000):
        nine = (
            f"{chance.choice('125789')}{chance.randrange(10)}{chance.randrange(20, 100):02}"
            f"{chance.randrange(100_000):05}"
        )
        organisation = nine + check_digit(nine)
        for text in (organisation, f"{organisation[:6]}-{organisation[6:]}", f"16{organisation}"):
            assert find_personal_data(f"Huvudman {text}.") == []
        assert find_personal_data(f"Skolenhet {chance.randrange(10**7, 10**8)}") == []


@pytest.mark.parametrize(
    "text",
    [
        "Andelen sjönk från 71,4 % (n=63) 2024 till 61,8 % (n=68) 2026.",
        "Läsåret 2026/27, v. 45, 2026-11-05 kl. 14.30–15.00",
        "1 234 567 elever, 08-02-2026, 2010-12-13, dnr BUN 2026/00123",
        "N15428, gr-alla-amnen-ak9, 0,0712345678, 290 kommuner, +1,2 procentenheter",
        "Höstlovet är 261026–1031, och prov ges 260810-0821 enligt 202611051431.",
        "Dnr 2026-00123, BUN 2026:0123, BUN/101213-1234, 2026/101213-1234 och 101213-12345",
        "Skolenhetskod 23456789, orgnr 212000-1355, bankgiro 5050-1055, 1012131234 kr",
        "Ärende 20261399-1234, 201399-1234, 261305-1234 och 01990f6e-5c00-7000-8000-201012131234",
        "Kommunkod 1480, riktvärde 0,5–1,5, åk 7–9, 12–14 och 16–18 år",
        "Se https://www.skolverket.se/skolutveckling/0731",
        "@skolan skrev",
    ],
)
def test_ordinary_sentences_pass(text):
    assert find_personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "kim.karlsson@ekhult.example.se",
        "KIM@EKHULT.SE",
        "åsa.öberg@skola.se",
        "a+b@c-d.co",
    ],
)
def test_email_addresses_are_found(text):
    (hit,) = find_personal_data(f"Skriv till {text}.")

    assert hit.kind is HitKind.EMAIL
    assert f"Skriv till {text}."[hit.start : hit.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "070-123 45 67",
        "0701234567",
        "073 123 45 67",
        "+46 70 123 45 67",
        "+46701234567",
        "+46 (0)70-123 45 67",
        "0046 70 123 45 67",
        "08-123 456 78",
        "031-12 34 56",
        "0500-12 34 56",
        "0500/123456",
        "+46 8 123 456 78",
        "+47 912 34 567",
        "070\u2011123\u00a045\u00a067",
    ],
)
def test_telephone_numbers_are_found(text):
    (hit,) = find_personal_data(f"Ring {text}, tack")

    assert hit.kind is HitKind.PHONE
    assert f"Ring {text}"[hit.start : hit.end] == text


def test_hits_come_in_reading_order_without_overlaps():
    text = f"a@b.se, {number(date(2010, 5, 6), 12)}, 070-123 45 67"

    hits = find_personal_data(text)

    assert [hit.kind for hit in hits] == [HitKind.EMAIL, HitKind.PERSONAL_NUMBER, HitKind.PHONE]
    assert all(a.end <= b.start for a, b in pairwise(hits))


@given(st.text())
def test_any_text_is_read_without_complaint(text):
    for hit in find_personal_data(text):
        assert 0 <= hit.start < hit.end <= len(text)
