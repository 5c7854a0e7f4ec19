"""Tenth chapter: what everybody may read, in both official languages, by two people."""

from collections.abc import Iterable

from monarca.grants.disclosure import actions as disclosure
from monarca.grants.disclosure import queries
from monarca.grants.disclosure.models import Disclosure
from monarca.grants.disclosure.states import Kind, Level, Why
from monarca.portal.demo.management.year import calendar, stage
from monarca.portal.demo.management.year.agreeing import of
from monarca.portal.demo.management.year.paying import RELEASED_ONLY
from monarca.portal.demo.management.year.stage import Year

SEALED = "atrisk"


def disclose(year: Year) -> None:
    """Prepared, worded, reviewed, approved by a second person, published; one stays withheld."""
    story = stage.told("disclosure")
    made = {name: prepare(year, name, level=Level.FULL) for name in story}
    sealed = prepare(year, SEALED, level=Level.WITHHELD, reason=Why.SAFETY)
    for name, texts in story.items():
        writer, at = year.staff["coordinator"], calendar.TRANSLATES
        disclosure.translate(made[name], by=writer, at=at, texts=texts)
    del made[RELEASED_ONLY]
    for held in made.values():
        review(year, held)
    approve(year, [*made.values(), sealed])
    for held in made.values():
        head, at = year.staff["head-of-mission"], calendar.PUBLISHES_DISCLOSURE
        disclosure.publish(held, by=head, at=at)
    export()
    year.say(f"{Disclosure.objects.filter(status='published').count()} projects published")


def prepare(year: Year, name: str, *, level: str, reason: str = "") -> Disclosure:
    writer, at = year.staff["coordinator"], calendar.PREPARES_DISCLOSURE
    return disclosure.prepare(of(year, name), by=writer, at=at, level=level, reason=reason)


def review(year: Year, held: Disclosure) -> None:
    """Somebody else than the writer reads every text."""
    for text in queries.translations_of(held).values():
        disclosure.review(text, by=year.staff["deputy"], at=calendar.READS_TRANSLATIONS)


def approve(year: Year, several: Iterable[Disclosure]) -> None:
    """A manager lets them pass. Of the group at risk nothing is told: its approval is the end."""
    for held in several:
        held.refresh_from_db()
        disclosure.approve(held, by=year.staff["manager"], at=calendar.APPROVES_DISCLOSURE)


def export() -> None:
    """The public files leave the house, valid or not at all."""
    for kind in Kind.values:
        file = queries.file_of(kind, at=calendar.EXPORTS)
        disclosure.export(file, by=None, at=calendar.EXPORTS)
