"""An agreed text becomes final: its promises go into the register, and it before the public."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments.states import Origins
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions.agreeing import may_word
from monarca.programmes.dialogues.models import Text
from monarca.programmes.dialogues.states import ADOPTING, Kinds, Sides, Stage

ORIGINS: Mapping[str, Origins] = {
    Kinds.DIALOGUE: Origins.DIALOGUE,
    Kinds.WORKING_GROUP: Origins.WORKING_GROUP,
    Kinds.FORUM: Origins.DIALOGUE,
}


class NothingToAdopt(Refused):
    """A text without a paragraph is not adopted."""


class OnlyCanadaAgreed(Refused):
    """Mexico has not agreed every paragraph in every language: one side alone adopts nothing."""


class OnlyMexicoAgreed(Refused):
    """Canada has not agreed every paragraph in every language: one side alone adopts nothing."""


class NeitherSideAgreed(Refused):
    """Neither side has agreed every paragraph in every language."""


class TextNotFinal(Refused):
    """Only what both sides adopted goes before the public, and never what is sealed."""


class EditionIsNotPublic(Refused):
    """A text becomes public after its meeting."""


@transaction.atomic
def adopt(text: Text, *, by: User, at: datetime) -> Text:
    """Make the text final, and deposit its promises in the register, sealed if its item is.

    Raises `NothingToAdopt`; `OnlyCanadaAgreed`, `OnlyMexicoAgreed` or `NeitherSideAgreed` while
    a paragraph lacks an agreement in any language; `TextIsFinal`; and what a deposit refuses.
    """
    require(policy.may_adopt(by, text, at=at))
    may_word(text, by=by, at=at)
    rows = queries.standings(text)
    _check_agreed(rows)
    move(text, ADOPTING, "adopt", adopted_at=at, adopted_by=by)
    made = [
        _deposit(text, row, by=by, at=at)
        for row in rows
        if row.paragraph.is_promise and not row.is_struck
    ]
    record("text.adopted", text.item or text, by=by, at=at, paragraphs=len(rows), commitments=made)
    return text


def _check_agreed(rows: list[queries.Standing]) -> None:
    if not any(not row.is_struck for row in rows):
        raise NothingToAdopt
    missing = queries.missing(rows)
    if missing.canada and missing.mexico:
        raise NeitherSideAgreed(canada=missing.canada, mexico=missing.mexico)
    if missing.mexico:
        raise OnlyCanadaAgreed(count=missing.mexico)
    if missing.canada:
        raise OnlyMexicoAgreed(count=missing.canada)


def _deposit(text: Text, row: queries.Standing, *, by: User, at: datetime) -> int:
    """One promise into the register; the paragraph keeps which commitment it became."""
    edition, terms = text.edition, row.wording.terms
    series = edition.series
    readers = queries.item_readers(text.item, at=at) if text.item else None
    path = f"/dialogues/{series.code}/{edition.reference}/"
    promise = commitments.Promise(
        mission=series.mission,
        origin=ORIGINS[series.kind],
        text=row.wording.texts,
        promised_on=at.astimezone(ZoneInfo(series.mission.time_zone)).date(),
        due_on=date.fromisoformat(terms["due_on"]) if terms.get("due_on") else None,
        pillar=terms.get("pillar", ""),
        aims=tuple(terms.get("aims", ())),
        owners=_holders(terms),
        source_name=queries.full_name(edition),
        source_path="" if text.item else path,
        readers=readers,
    )
    made = commitments.deposit(promise, source=text, by=by, at=at)
    row.paragraph.commitment = made
    row.paragraph.save(update_fields=["commitment"])
    return made.pk


def _holders(terms: Mapping[str, Any]) -> tuple[commitments.Holder, ...]:
    ids = [one["user"] for one in terms.get("owners", ()) if one.get("user")]
    users = {user.pk: user for user in User.objects.filter(pk__in=ids)}
    return tuple(
        commitments.Holder(Sides(one["side"]), one["name"], users.get(one.get("user")))
        for one in terms.get("owners", ())
    )


@transaction.atomic
def publish(text: Text, *, by: User, at: datetime) -> Text:
    """Put an adopted text before the public, and those of its promises that are said to be.

    Raises `TextNotFinal` and `EditionIsNotPublic`.
    """
    require(policy.may_publish(by, text.edition, at=at) and policy.may_word(by, text, at=at))
    held = Text.objects.select_for_update().get(pk=text.pk)
    if held.status != Stage.FINAL or held.item_id is not None:
        raise TextNotFinal
    if not (held.edition.is_public and held.edition.series.is_public):
        raise EditionIsNotPublic
    held.published_at = held.published_at or at
    held.save(update_fields=["published_at"])
    for row in queries.standings(held):
        if row.paragraph.commitment and row.wording.terms.get("is_public"):
            commitments.show(row.paragraph.commitment, public=True, by=by, at=at)
    record("text.published", held, by=by, at=at)
    text.refresh_from_db()
    return held
