"""A wish of the people: said by their representative, or written down with what proves it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from monarca.ground.files import actions as files
from monarca.ground.files import queries as kept
from monarca.ground.files.models import File
from monarca.ground.people.models import User
from monarca.kit.guard import Refused
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.models import Consultation
from monarca.programmes.consultations.queries.telling import Upload, Wish
from monarca.programmes.consultations.states import PROVEN, How

KINDS = kept.KINDS | kept.SOUNDS


class NotTheirRepresentative(Refused):
    """Only who represents the people now says what they wish."""


class ProofNeeded(Refused):
    """What was said on paper or by voice comes with the paper or the recording."""


class LanguageUnknown(Refused):
    """A language has a code of the list (ISO 639-3)."""


def kept_file(upload: Upload, *, by: User | None, at: datetime) -> File:
    """The upload behind the gates of files, voices included."""
    return files.keep(upload.data, upload.name, by=by, at=at, kinds=KINDS)


def known(code: str) -> str:
    """The code itself. Raises `LanguageUnknown`."""
    if code and not queries.is_language(code):
        raise LanguageUnknown(language=code[:20])
    return code


def heard(
    wish: Wish, consultation: Consultation, *, by: User | None, at: datetime
) -> Mapping[str, Any]:
    """The columns of `models.Said`. Raises `NotTheirRepresentative`, `ProofNeeded`."""
    theirs = queries.representatives(consultation, at=at).filter(pk=wish.representative.pk)
    own = wish.how == How.ACCOUNT
    if not theirs.exists() or wish.how == How.LAPSED or wish.how not in How.values:
        raise NotTheirRepresentative
    if own and (by is None or wish.representative.user_id != by.pk):
        raise NotTheirRepresentative
    if wish.how in PROVEN and wish.proof is None:
        raise ProofNeeded
    return {
        "representative": wish.representative,
        "how": wish.how,
        "words": wish.words.strip(),
        "language": known(wish.language),
        "evidence": kept_file(wish.proof, by=by, at=at) if wish.proof else None,
        "by": by,
        "at": at,
    }
