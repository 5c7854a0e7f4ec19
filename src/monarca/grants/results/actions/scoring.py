"""The policy markers: derived from evidence, overridden only with a reason."""

from datetime import datetime
from typing import Any

from django.db import transaction

from monarca.engines import markers
from monarca.engines.reasons import Reason
from monarca.grants.agreements.models import Agreement
from monarca.grants.results import policy, queries
from monarca.grants.results.actions.values import WhyNeeded, lock_agreement
from monarca.grants.results.models import MarkerScore
from monarca.grants.results.states import DAC_GENDER, GE_CODE
from monarca.ground.journal import actions as journal
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require


class MarkerRefused(Refused):
    """There is no such marker, or it has no such score."""


@transaction.atomic
def score(agreement: Agreement, *, by: User, at: datetime) -> tuple[MarkerScore, ...]:
    """Derive the gender equality code and the DAC gender marker from the evidence on file.

    May be done again when the evidence grew. An overridden score stays; what the evidence gives
    now is written beside it.
    """
    held = lock_agreement(agreement)
    require(policy.may_keep(by, held, at=at))
    evidence = queries.evidence_of(held)
    code = _derive(held, GE_CODE, markers.ge_code(evidence.met), evidence, by=by, at=at)
    dac = markers.dac_gender(evidence.met, ge=code.score)
    return code, _derive(held, DAC_GENDER, dac, evidence, by=by, at=at)


def _derive(
    agreement: Agreement,
    marker: str,
    found: markers.Score,
    evidence: queries.Evidence,
    *,
    by: User,
    at: datetime,
) -> MarkerScore:
    row = queries.marker(agreement, marker) or _blank(agreement, marker)
    was, overridden = _state(row), bool(row.words)
    row.derived, row.at, row.by = found.value, at, by
    row.reasons = [_plain(each) for each in _why(found, evidence)]
    row.score = row.score if overridden else found.value
    row.save()
    _journal("marker.scored", row, was, by=by, at=at)
    return row


def _state(row: MarkerScore) -> dict[str, int | None]:
    return {"derived": row.derived, "score": row.score}


def _journal(
    verb: str, row: MarkerScore, before: dict[str, int | None], *, by: User, at: datetime
) -> None:
    given: dict[str, Any] = {"marker": row.marker, "before": before, "after": _state(row)}
    journal.record(verb, row, by=by, at=at, file=row.application, **given)


def _blank(agreement: Agreement, marker: str) -> MarkerScore:
    return MarkerScore(agreement=agreement, application=agreement.application, marker=marker)


def _why(found: markers.Score, evidence: queries.Evidence) -> list[Reason]:
    """The result first, then each criterion of it, then what on file lowered one."""
    codes = {each.code for each in found.criteria}
    lowered = [reason for code, reason in evidence.lowered if code in codes]
    read = Reason("evidence.reviews", {"count": evidence.reviews})
    return [found.reason, read, *lowered, *(each.reason for each in found.criteria)]


def _plain(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "values": dict(reason.values)}


@transaction.atomic
def override(
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    marker: str,
    score: int | None,
    words: str,
) -> MarkerScore:
    """Set a marker by hand, with a reason: the two of gender, or one that nothing derives.

    `marker` is ge_code (0 to 3) or 1 to 12 (IATI PolicyMarker); None is "not screened". With the
    score that the evidence gives, the override ends and no reason is kept.
    """
    held = lock_agreement(agreement)
    require(policy.may_override(by, held, at=at))
    row = queries.marker(held, marker) or _blank(held, marker)
    ends = _ends(row, score, words)
    was = _state(row)
    row.score, row.words = score, "" if ends else words.strip()
    row.at, row.by = at, by
    row.save()
    _journal("marker.overridden", row, was, by=by, at=at)
    if marker == GE_CODE and queries.marker(held, DAC_GENDER):
        _follow(held, score, by=by, at=at)
    return row


def _ends(row: MarkerScore, score: int | None, words: str) -> bool:
    """Does the person go back to what the evidence gives? Raises where the engine says no.

    Where nothing was derived there is nothing to go back to, and a reason is always needed.
    """
    given = Reason("marker.override_ends", {"score": row.derived})
    found = markers.Score(row.derived, given, ())
    answer = markers.override(row.marker, found, wanted=score, words=words)
    if isinstance(answer, Reason):
        raise WhyNeeded if answer.code == "marker.override_needs_words" else MarkerRefused(answer)
    if answer.reason.code == "marker.override_ends" and row.reasons:
        return True
    if not words.strip():
        raise WhyNeeded
    return False


def _follow(agreement: Agreement, code: int | None, *, by: User, at: datetime) -> None:
    """The DAC marker follows the gender equality code that a person settled on."""
    evidence = queries.evidence_of(agreement)
    found = markers.dac_gender(evidence.met, ge=code)
    _derive(agreement, DAC_GENDER, found, evidence, by=by, at=at)
