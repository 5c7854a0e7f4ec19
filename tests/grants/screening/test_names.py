"""Groups of the same or a similar name are found, others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.likeness import are_alike, words_of
from monarca.grants.screening.queries import resembling
from tests import world
from tests.world_screening import AFTER


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Tejedoras del Agua A.C.", "TEJEDORAS DEL AGUA, AC", True),
        ("Niñas y Jóvenes por la Tierra, A. C.", "ninas y jovenes por la tierra", True),
        ("Red de Mujeres Mixe del Istmo", "Red Mujeres Mixe Istmo de Oaxaca", True),
        ("Tejedoras del Agua A.C.", "Tejedoras del Viento A.C.", False),
        ("Asociación Civil", "Asociación Civil", False),
        ("Agua", "Agua para Yalálag", False),
    ],
)
def test_names_are_compared_as_people_would(one, other, alike):
    assert are_alike(words_of(one), words_of(other)) is alike


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_has_no_direction(one, other):
    assert are_alike(words_of(one), words_of(other)) == are_alike(words_of(other), words_of(one))


@given(st.text("abcñáÉÜç çÑ .-ß", max_size=40))
def test_case_never_matters(name):
    assert words_of(name.upper()) == words_of(name.lower())


def test_similar_files_of_the_same_call_are_shown(call, person, submitted, coordinator):
    twin = world.make_submitted(call, person("otra@example.org"), name="TEJEDORAS DEL AGUA AC")
    world.make_submitted(call, person("tres@example.org"), name="Semillas de Paz", short_name="SP")

    found = resembling(submitted, coordinator, at=AFTER)

    assert twin in found
    assert submitted not in found
