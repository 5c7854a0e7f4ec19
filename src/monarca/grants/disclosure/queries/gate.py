"""The gate before the public: both official languages, and nothing that gives a person away."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monarca.engines.publishing import canada, check_canada, check_iati, redaction
from monarca.engines.publishing.disclosure import Disclosure as Told
from monarca.engines.publishing.disclosure import Redaction
from monarca.engines.publishing.findings import Finding
from monarca.engines.reasons import Reason
from monarca.grants.applications.models import Answer, Application
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.queries.files import iati_document
from monarca.grants.disclosure.queries.gathering import gathered
from monarca.grants.disclosure.queries.programmes import programme_of, publisher_of
from monarca.grants.disclosure.queries.sources import sources_of
from monarca.grants.disclosure.queries.telling import whole
from monarca.grants.disclosure.states import OF_ITS_OWN, OFFICIAL, OPEN_TO, Field
from monarca.ground.codelists import queries as codelists

MISSING, STALE, SAME = "missing", "stale", "same"
LEVEL, GIVEN_AWAY, RULE = "level", "given_away", "rule"
NAMES = ("short_name", "contact_name", "representative_name", "declared_name")
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that keeps a record from the public.

    `code` is missing, stale or same (a text: `field`, `language`), level, given_away (`words`
    that a public text says, of the kind `sign`), or rule (`reason` of the file's own checker).
    """

    code: str
    field: str = ""
    language: str = ""
    sign: str = ""
    words: str = ""
    reason: Reason | None = None


def gate(disclosure: Disclosure, *, at: datetime) -> tuple[Point, ...]:
    """All that stands between this record and the public; empty when it may pass.

    Records without a line of their own need no texts. The others need each text in English and
    French, newer than its source; they may say nothing that identifies a person, nor name a
    group that is told without its name; and the files with them must be valid.
    """
    if disclosure.level not in OPEN_TO[disclosure.application.sensitivity]:
        return (Point(LEVEL),)
    if disclosure.level not in OF_ITS_OWN:
        return ()
    return _of_texts(disclosure) or _of_record(disclosure, at=at)


def _of_texts(disclosure: Disclosure) -> tuple[Point, ...]:
    sources = sources_of(disclosure)
    rows = Translation.objects.filter(disclosure=disclosure).order_by("field", "language")
    texts = {(row.field, row.language): row for row in rows}
    found = [
        Point(MISSING, field, language)
        for field in Field.values
        for language in OFFICIAL
        if (field, language) not in texts
    ]
    found += [
        Point(STALE, field, language)
        for (field, language), row in texts.items()
        if row.source_sha256 != sources[field].sha256
    ]
    title = [texts[Field.TITLE, code].text for code in OFFICIAL if (Field.TITLE, code) in texts]
    if len(title) == len(OFFICIAL) and len(set(title)) == 1:
        found.append(Point(SAME, Field.TITLE))
    return tuple(found)


def _of_record(disclosure: Disclosure, *, at: datetime) -> tuple[Point, ...]:
    told = redaction.redacted(whole(disclosure, gathered([disclosure]), at=at))
    hidden = told.redaction == Redaction.ANONYMISED
    names = names_of(disclosure.application) if hidden else ()
    leaks = redaction.leaks(told, names=names)
    given_away = tuple(Point(GIVEN_AWAY, sign=sign, words=words) for sign, words in leaks)
    return given_away or tuple(_of_files(told, disclosure.application, at=at))


def names_of(file: Application) -> tuple[str, ...]:
    """What a text about an unnamed group must not say: its names, people, towns and numbers."""
    group = file.applicant
    rows = Answer.objects.filter(application=file, question__in=NAMES)
    people = [str(value or "") for value in rows.values_list("value", flat=True)]
    towns = codelists.municipality_names()
    places = [
        name
        for place in file.places.order_by("pk")
        for name in (place.locality, towns.get(place.municipality, ""))
    ]
    own = [group.legal_name, group.short_name, group.city, file.title, file.alias, file.reference]
    return tuple(name for name in (*own, *people, *places) if len(name.strip()) >= SHORTEST)


def _of_files(told: Told, file: Application, *, at: datetime) -> Iterable[Point]:
    """What the checkers of both files would refuse, with this record alone in them."""
    programme = programme_of(file, updated_at=told.updated_at, at=at)
    publisher = publisher_of(file)
    data = canada.proactive_disclosure([told], programmes=[programme])
    xml = iati_document((told,), publisher, at=at)
    found: tuple[Finding, ...] = (
        *check_canada.problems_of(data),
        *check_iati.problems_of(xml, at=at, publishers=(publisher.ref,)),
    )
    return (Point(RULE, reason=one.reason) for one in found if one.severity == "error")
