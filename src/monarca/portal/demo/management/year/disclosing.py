"""Tenth chapter: what everybody may read, in both official languages, by two people."""

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
    for name, texts in story.items():
        made = prepare(year, name, level=Level.FULL)
        writer, at = year.staff["coordinator"], calendar.TRANSLATES
        disclosure.translate(made, by=writer, at=at, texts=texts)
    for name in story:
        if name != RELEASED_ONLY:
            publish(year, name)
    withhold(year)
    export()
    year.say(f"{Disclosure.objects.filter(status='published').count()} projects published")


def prepare(year: Year, name: str, *, level: str, reason: str = "") -> Disclosure:
    writer, at = year.staff["coordinator"], calendar.PREPARES_DISCLOSURE
    return disclosure.prepare(of(year, name), by=writer, at=at, level=level, reason=reason)


def publish(year: Year, name: str) -> None:
    """Somebody else reads every text, a manager lets it pass, the head of mission publishes."""
    held = Disclosure.objects.get(application=year.files[name])
    for text in queries.translations_of(held).values():
        disclosure.review(text, by=year.staff["deputy"], at=calendar.READS_TRANSLATIONS)
    disclosure.approve(held, by=year.staff["manager"], at=calendar.APPROVES_DISCLOSURE)
    head = year.staff["head-of-mission"]
    disclosure.publish(held, by=head, at=calendar.PUBLISHES_DISCLOSURE)


def withhold(year: Year) -> None:
    """The group at risk: nothing is told, and the approval is the end of it."""
    made = prepare(year, SEALED, level=Level.WITHHELD, reason=Why.SAFETY)
    disclosure.approve(made, by=year.staff["manager"], at=calendar.APPROVES_DISCLOSURE)


def export() -> None:
    """The public files leave the house, valid or not at all."""
    for kind in Kind.values:
        file = queries.file_of(kind, at=calendar.EXPORTS)
        disclosure.export(file, by=None, at=calendar.EXPORTS)
