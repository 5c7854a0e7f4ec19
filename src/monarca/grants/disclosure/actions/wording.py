"""The official texts of a public record, each written by one person and reviewed by another."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from monarca.grants.disclosure import policy, queries
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.states import LONGEST, MOVES, Field
from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.kit.trilingual import LANGUAGES

type Texts = Mapping[str, Mapping[str, str]]


class NoSuchText(Refused):
    """Title, description and expected results, each in English, French or Spanish."""


class TextTooLong(Refused):
    """The public record holds short texts."""


class NotWritten(Refused):
    """There is no text to review, or its source changed since."""


@transaction.atomic
def translate(
    disclosure: Disclosure, *, by: User, at: datetime, texts: Texts
) -> tuple[Translation, ...]:
    """Put official texts: `{field: {language: words}}`; gives back those that changed.

    Fields are `title`, `description`, `expected_results`, languages `en`, `fr` (the gate asks
    for both) and `es`. A changed text waits for review by somebody else; blank words take the
    text away. Putting the same words again answers a changed source: they still hold.
    """
    require(policy.may_prepare(by, disclosure.application, at=at))
    move(disclosure, MOVES, "translate")
    sources = queries.sources_of(disclosure)
    changed = []
    for field, by_language in texts.items():
        for language, words in by_language.items():
            _check(field, language, words)
            row = _put(disclosure, field, language, words.strip(), sources[field].sha256, by, at)
            if row is not None:
                changed.append(row)
    if changed:
        which = [f"{row.field}.{row.language}" for row in changed]
        file = disclosure.application
        record("disclosure.translated", disclosure, by=by, at=at, file=file, texts=which)
    return tuple(changed)


def _check(field: str, language: str, words: str) -> None:
    if field not in Field.values or language not in LANGUAGES:
        raise NoSuchText
    most = LONGEST[Field(field)]
    if len(words.strip()) > most:
        raise TextTooLong(most=most)


def _put(  # noqa: PLR0913, PLR0917
    disclosure: Disclosure,
    field: str,
    language: str,
    words: str,
    source_sha256: str,
    by: User,
    at: datetime,
) -> Translation | None:
    """Keep one text; None where it stood like this already, or stands nowhere."""
    rows = Translation.objects.filter(disclosure=disclosure, field=field, language=language)
    before = rows.first()
    if before and (before.text, before.source_sha256) == (words, source_sha256):
        return None
    if not words:
        rows.delete()
        return before
    fresh = {"text": words, "source_sha256": source_sha256, "translator": by, "at": at}
    row, _ = Translation.objects.update_or_create(
        disclosure=disclosure,
        field=field,
        language=language,
        defaults={**fresh, "reviewed_by": None, "reviewed_at": None},
    )
    return row


@transaction.atomic
def review(translation: Translation, *, by: User, at: datetime) -> Translation:
    """Somebody else read the text beside its source and finds it right. Raises `NotWritten`."""
    require(policy.may_review(by, translation, at=at))
    disclosure = translation.disclosure
    move(disclosure, MOVES, "translate")
    if translation.source_sha256 != queries.sources_of(disclosure)[translation.field].sha256:
        raise NotWritten
    translation.reviewed_by, translation.reviewed_at = by, at
    translation.save(update_fields=["reviewed_by", "reviewed_at"])
    which = f"{translation.field}.{translation.language}"
    file = disclosure.application
    record("disclosure.text_reviewed", disclosure, by=by, at=at, file=file, text=which)
    return translation
