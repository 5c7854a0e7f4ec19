"""Makers of climate pledges: figures, words, series of yearly values."""

from datetime import UTC, date, datetime
from fractions import Fraction

from monarca.engines.trajectories import Point
from monarca.ground.commitments.actions import Holder
from monarca.ground.people import actions as people
from monarca.programmes.climate import actions
from tests.world import DAWN

SPRING = datetime(2025, 4, 7, 18, 0, tzinfo=UTC)
SUMMER = datetime(2025, 7, 7, 18, 0, tzinfo=UTC)
NAME = {"es": "Emisiones al 2030", "en": "Emissions by 2030", "fr": "Émissions d'ici 2030"}
TEXT = {
    "es": "Reducir las emisiones de 40 a 45 % respecto a 2005.",
    "en": "Cut emissions by 40 to 45 % below 2005.",
    "fr": "Réduire les émissions de 40 à 45 % sous le niveau de 2005.",
}
SERIES = {"es": "Inventario", "en": "Inventory", "fr": "Inventaire"}


def officer(mission, role="coordinator", email=""):
    """Somebody who holds the role at the mission since dawn."""
    user = people.join(
        email or f"{role}@example.org", by=None, at=DAWN, name=role.title(), language="en"
    )
    people.give_role(user, by=None, at=DAWN, mission=mission, role=role)
    return user


def target(**given):
    """40 to 45 % below 800 Mt of 2005 by 2030."""
    values = {
        "base_year": 2005,
        "target_year": 2030,
        "measure": "below",
        "low": Fraction(40),
        "high": Fraction(45),
        "unit": "Mt CO2e",
        "source": "Meta presentada",
        "source_on": date(2021, 7, 12),
        "source_url": "https://example.org/pledge",
        "base_value": Fraction(800),
    }
    return actions.Target(**{**values, **given})


def make_pledge(mission, *, by=None, at=SPRING, figures=None, **given):
    """A pledge that nobody but the mission sees."""
    values = {
        "mission": mission,
        "name": NAME,
        "text": TEXT,
        "promised_on": date(2021, 7, 12),
        "target": figures or target(),
        "kind": "paris",
        "country": "canada",
        "owners": (Holder("canada", "Secretaría de Ejemplos"),),
    }
    by = by or officer(mission)
    return actions.make(actions.Given(**{**values, **given}), by=by, at=at)


def make_public(pledge, *, at=SPRING):
    by = officer(pledge.mission, "manager")
    return actions.publish(pledge, public=True, by=by, at=at)


def edition(**given):
    values = {"source": "Inventario 2025", "source_on": date(2025, 3, 21)}
    return actions.Edition(**{**values, **given})


def yearly(**values):
    """`yearly(y2005=800)`: whole years with their totals."""
    return [Point(date(int(year[1:]), 12, 31), Fraction(value)) for year, value in values.items()]


VALUES = yearly(y2005=800, y2010=790, y2020="700.5")


def make_series(pledge, *, points=VALUES, by=None, at=SPRING, is_example=False, **given):
    named = actions.Named(SERIES, "Instituto de Ejemplos", is_example)
    by = by or officer(pledge.mission)
    return actions.begin_series(pledge, named, edition(**given), points, by=by, at=at)


def make_revision(series, points, *, by=None, at=SUMMER, **given):
    by = by or officer(series.pledge.mission)
    return actions.upload(series, edition(**given), points, by=by, at=at)


def make_measured(mission, **given):
    """A public pledge with its series."""
    pledge = make_pledge(mission, **given)
    make_series(pledge)
    return make_public(pledge)
