"""Story 1's place: Ekhult with its centralskola, as Skolverket would publish it."""

from tests.factories.framework import load_shipped
from tests.factories.indicator_values import country_value, unit_value, value
from tests.factories.organizers import OrganizerFactory, SchoolUnitFactory
from tests.factories.shelves import store_values


def story_1():
    """Store Ekhults centralskola, Ekhult and the country as Skolverket would publish them."""
    load_shipped()
    ekhult = OrganizerFactory(organisation_number="2120001234", municipality_code="1499")
    unit = SchoolUnitFactory(organizer=ekhult, school_unit_code="12345678")
    store_values(
        unit_value("2023/24", 71.4, 63),
        unit_value("2024/25", 68.1, 69),
        unit_value("2025/26", 61.8, 68),
        value("2024/25", 70.2),
        value("2025/26", None),
        country_value("2024/25", 74.3),
        country_value("2025/26", 73.9),
    )
    return ekhult, unit
