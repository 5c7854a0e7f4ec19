"""A consultation is begun, its facts are put right with a reason, its people are named."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import references
from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments import queries as register
from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import SEALED
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.consultations import policy, queries
from monarca.programmes.consultations.actions.entering import (
    SentBefore,
    tell,
    written,
    written_before,
)
from monarca.programmes.consultations.actions.owning import lapse
from monarca.programmes.consultations.actions.protecting import locked, require_open_time
from monarca.programmes.consultations.actions.wishing import known
from monarca.programmes.consultations.models import (
    Consultation,
    Interpreter,
    Item,
    Representative,
    Version,
)
from monarca.programmes.consultations.queries.telling import Entering, Facts, Speaker
from monarca.programmes.consultations.states import SIDES, ZONES, Kind, Phase

NAMED = "named"
"""Why somebody reads a consultation that is not theirs by role."""

TOLD_BY: Mapping[str, tuple[str, ...]] = {
    Kind.EXISTENCE: ("title", "matter", "authority"),
    Kind.PEOPLE: ("people", "autonym", "autonym_language", "community", "languages"),
    Kind.PLACES: ("country", "region", "place"),
}
"""Which facts each side tells: when they change, its permission lapses."""


class FactsMissing(Refused):
    """A consultation has a title, a matter, who consults, a people, a community and a place."""


class FactsUnchanged(Refused):
    """New facts differ from those in force."""


class ReasonWanting(Refused):
    """Facts are put right with a reason that stays."""


class NobodyNamed(Refused):
    """Whoever represents or interprets has a name, and the people say how they were chosen."""


@transaction.atomic
def begin(
    mission: Mission,
    facts: Facts,
    *,
    readers: tuple[User, ...] | None = None,
    code: str = "",
    by: User | None,
    at: datetime,
) -> Consultation:
    """Open a record, with its six sides and nothing public. `readers` seals it.

    `code` is drawn with the page it is typed on, so that the page opens one record. Raises
    `FactsMissing`, `LanguageUnknown` and `SentBefore`.
    """
    require(policy.may_begin(by, mission, at=at))
    columns = _columns(facts)
    standing = _begun(mission, columns, code, by=by)
    if standing:
        return standing
    made = Consultation.objects.create(
        reference=_number(),
        mission=mission,
        status=Phase.PRIOR,
        is_sealed=readers is not None,
        begun_at=at,
        **columns,
    )
    Version.objects.create(consultation=made, number=0, facts=columns, by=by, at=at)
    today = queries.today(made, at=at)
    for kind in SIDES:
        drawn = code if kind == Kind.EXISTENCE else ""
        written(made, Entering(kind, today, code=drawn), by=by, at=at)
    for user in (*readers, *([by] if by else [])) if readers is not None else ():
        people.open_to(user, made, by=by, at=at, reason=SEALED)
    record("consultation.begun", made, by=by, at=at, sealed=made.is_sealed)
    return made


def _begun(
    mission: Mission, columns: Mapping[str, Any], code: str, *, by: User | None
) -> Consultation | None:
    """The record that the very page opened before; no other is opened there meanwhile."""
    if not code:
        return None
    held = Mission.objects.select_for_update().get(pk=mission.pk)
    sides = Item.objects.filter(kind=Kind.EXISTENCE, code=code, by=by, consultation__mission=held)
    side = sides.select_related("consultation").first()
    if side and not Version.objects.filter(consultation=side.consultation, number=0, facts=columns):
        raise SentBefore
    return side.consultation if side else None


def _number() -> str:
    """C- and seven letters, the last of which checks them (engines.references)."""
    while True:
        drawn = "".join(secrets.choice(references.LETTERS) for _ in range(6))
        check = f"{references.SYMBOLS} "[references.check_value("C" + drawn)]
        if check in references.LETTERS:
            return f"C-{drawn}{check}"


def _columns(facts: Facts) -> dict[str, Any]:
    """The facts without blanks around them, as columns. Raises `FactsMissing`."""
    told = asdict(facts)
    for name in ("title", "matter"):
        words = {code: told[name].get(code, "").strip() for code in trilingual.LANGUAGES}
        told[name] = {code: text for code, text in words.items() if text}
    for name in ("authority", "people", "community", "place", "autonym"):
        told[name] = told[name].strip()
    told["languages"] = [known(code) for code in dict.fromkeys(facts.languages)]
    known(facts.autonym_language)
    whole = all(told[name] for name in ("title", "matter", "authority", "people", "community"))
    is_placed = facts.region in queries.regions() and facts.region.startswith(facts.country + "-")
    if not (whole and is_placed and told["languages"] and facts.time_zone in ZONES):
        raise FactsMissing
    return told


@transaction.atomic
def revise(
    consultation: Consultation, facts: Facts, *, reason: str, by: User | None, at: datetime
) -> Consultation:
    """Put the facts right; the earlier ones stay, and permissions about them lapse.

    Raises `TimeIsTheirs`, `FactsMissing`, `FactsUnchanged`, `ReasonWanting`.
    """
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, queries.today(held, at=at), at=at)
    if not reason.strip():
        raise ReasonWanting
    columns = _columns(facts)
    before = {name: getattr(held, name) for name in columns}
    if before == columns:
        raise FactsUnchanged
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=list(columns))
    number = Version.objects.filter(consultation=held).count()
    Version.objects.create(
        consultation=held, number=number, facts=columns, reason=reason.strip(), by=by, at=at
    )
    for kind, names in TOLD_BY.items():
        if any(before[name] != columns[name] for name in names):
            lapse(queries.side(held, kind), by=by, at=at)
    tell(held, by=by, at=at)
    record("consultation.revised", held, by=by, at=at, number=number)
    return held


@transaction.atomic
def name_representative(
    consultation: Consultation,
    speaker: Speaker,
    *,
    chosen: Entering | Item,
    by: User | None,
    at: datetime,
) -> Representative:
    """Write down whom the people chose, and how, in their own words and language.

    `chosen` is that telling, or an earlier one when the same assembly chose several. With an
    account they read the whole record from now on. Named twice by one telling they are named
    once. Raises `NobodyNamed`, `TimeIsTheirs`.
    """
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, queries.today(held, at=at), at=at)
    told = {"name": _named(speaker.name), "chosen": _choosing(held, chosen, by=by, at=at)}
    standing = Representative.objects.in_force(at).filter(consultation=held, **told).first()
    if standing:
        return standing
    made = Representative.objects.create(
        consultation=held, office=speaker.office.strip(), user=speaker.user, since=at, **told
    )
    if speaker.user:
        reason = SEALED if held.is_sealed else NAMED
        people.open_to(speaker.user, held, by=by, at=at, reason=reason)
    tell(held, by=by, at=at)
    record("representative.named", held, by=by, at=at, representative=made.pk)
    return made


def _named(name: str) -> str:
    if not name.strip():
        raise NobodyNamed
    return name.strip()


def _choosing(
    held: Consultation, chosen: Entering | Item, *, by: User | None, at: datetime
) -> Item:
    if isinstance(chosen, Item):
        if chosen.consultation_id != held.pk or chosen.kind != Kind.CHOOSING:
            raise NobodyNamed
        return chosen
    require_open_time(held, chosen.on, at=at)
    if chosen.kind != Kind.CHOOSING or not (any(chosen.texts.values()) or chosen.pieces):
        raise NobodyNamed
    return written_before(held, chosen, by=by) or written(held, chosen, by=by, at=at)


@transaction.atomic
def release_representative(
    representative: Representative, *, by: User | None, at: datetime
) -> Representative:
    """They speak for the people no longer, and read no more than others; what they said stays.

    Nor are they asked any more about what was promised to the people, who are still owed it.
    """
    held = locked(representative.consultation)
    require(policy.may_run(by, held, at=at))
    require_open_time(held, queries.today(held, at=at), at=at)
    if representative.until is None:
        representative.until = at
        representative.save(update_fields=["until"])
        gone = representative.user
        if gone and not queries.speaks(gone, held, at=at):
            _read_no_more(gone, held, by=by, at=at)
        record("representative.released", held, by=by, at=at, representative=representative.pk)
    return representative


def _read_no_more(gone: User, held: Consultation, *, by: User | None, at: datetime) -> None:
    """Neither the record, nor what is sealed in it, nor what either promised."""
    items = list(Item.objects.filter(consultation=held).order_by("pk"))
    sealed = [one for one in items if one.sealed_at]
    closed: list[Consultation | Item] = [held, *sealed]
    for subject in closed:
        left = queries.readers_of(subject, at=at).exclude(pk=gone.pk)
        people.keep_to(list(left), subject, by=by, at=at)
    for item in sealed if not held.is_sealed else items:
        commitments.keep_to(item, queries.knowing(item, at=at), by=by, at=at)
    owed = queries.promised(items, register.visible_to(by, at=at))
    for owner in queries.owing(owed, gone, at=at):
        commitments.release_owner(owner, by=by, at=at)
        still = commitments.Holder(owner.side, owner.name)
        commitments.name_owner(owner.commitment, still, by=by, at=at)


@transaction.atomic
def name_interpreter(
    consultation: Consultation,
    name: str,
    *,
    language: str,
    chosen_by: str,
    by: User | None,
    at: datetime,
) -> Interpreter:
    """Who interprets which language, and who chose them; said twice it is once.

    Raises `NobodyNamed`.
    """
    require(policy.may_run(by, consultation, at=at))
    held = locked(consultation)
    require_open_time(held, queries.today(held, at=at), at=at)
    told = {"name": _named(name), "language": known(language), "chosen_by": chosen_by}
    standing = Interpreter.objects.filter(consultation=held, **told).first()
    if standing:
        return standing
    made = Interpreter.objects.create(consultation=held, by=by, at=at, **told)
    record("interpreter.named", held, by=by, at=at, language=language)
    return made


@transaction.atomic
def name_reader(
    consultation: Consultation, user: User, *, by: User | None, at: datetime
) -> Consultation:
    """Let one more person read the record, by name."""
    require(policy.may_speak(by, consultation, at=at))
    reason = SEALED if consultation.is_sealed else NAMED
    people.open_to(user, consultation, by=by, at=at, reason=reason)
    record("consultation.opened", consultation, by=by, at=at, user=user.pk)
    return consultation
