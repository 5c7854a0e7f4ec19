"""The communiqué as data: texts side by side, what each language lacks, what governments answer."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from monarca.ground.commitments.states import Sides
from monarca.ground.people.models import User
from monarca.kit import formats, trilingual
from monarca.programmes.youthlab import queries
from monarca.programmes.youthlab.models import Communique, Edition, Recommendation, Reply
from monarca.programmes.youthlab.states import SIDES, Text

NAMES = {"es": "Español", "en": "English", "fr": "Français"}


def side_by_side(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """One text in its three languages; a language that lacks says so."""
    return [
        {"code": code, "tag": formats.TAGS[code], "name": NAMES[code], "text": texts.get(code, "")}
        for code in trilingual.LANGUAGES
    ]


def lacks(languages: Iterable[str]) -> str:
    """The languages that are missing, by name."""
    return ", ".join(NAMES[code] for code in languages)


def text_of(
    communique: Communique, user: User | None, *, at: datetime, whole: bool = False
) -> dict[str, Any]:
    """The communiqué for a page; `whole` shows recommendations that were not adopted, too."""
    edition = communique.edition
    is_adopted = communique.status == Text.ADOPTED
    rows = queries.recommendations_of(communique)
    if is_adopted and not whole:
        rows = rows.filter(is_adopted=True)
    replies = queries.replies_of(edition) if is_adopted else {}
    promised = queries.commitments_of(edition, user, at=at) if is_adopted else {}
    lacking = queries.lacking(communique)
    return {
        "row": communique,
        "status": str(Text(communique.status).label),
        "is_adopted": is_adopted,
        "needed": queries.needed(communique.delegates),
        "opening": side_by_side(communique.opening),
        "closing": side_by_side(communique.closing),
        "earlier": _earlier(communique) if whole else [],
        "lacking": {name: lacks(codes) for name, codes in lacking.items()},
        "recommendations": [
            {
                "row": each,
                "texts": side_by_side(each.text),
                "lacks": lacks(lacking.get(str(each.number), ())),
                "replies": _replies(each, edition, replies, promised),
            }
            for each in rows
        ],
    }


def _earlier(communique: Communique) -> list[dict[str, Any]]:
    """What it came to when it was put to the delegates before, the latest first."""
    zone, before = communique.edition.time_zone, communique.putting
    return [
        {
            "words": _("%(at)s: %(yes)s of %(all)s said yes to the whole; %(needed)s were needed.")
            % {
                "at": formats.instant(each.closed_at, zone),
                "yes": each.yes,
                "all": each.delegates,
                "needed": queries.needed(each.delegates),
            },
            "delegates": each.delegates,
            "recommendations": each.texts["recommendations"],
        }
        for each in queries.outcomes_of(communique).filter(putting__lt=before)
    ]


def _replies(
    recommendation: Recommendation,
    edition: Edition,
    replies: Mapping[tuple[int, str], Reply],
    promised: Mapping[tuple[int, str], Any],
) -> list[dict[str, Any]]:
    """Both sides, answered or not."""
    found = []
    for side in SIDES:
        reply = replies.get((recommendation.pk, side))
        commitment = promised.get((recommendation.pk, side))
        found.append(
            {
                "side": str(Sides(side).label),
                "kind": str(reply.get_kind_display()) if reply else _("No answer yet"),
                "tone": {"accept": "ok", "part": "warn", "not": "bad"}[reply.kind]
                if reply
                else "plain",
                "reason": reply.reason if reply else {},
                "on": formats.day(reply.at.date()) if reply else "",
                "commitment": commitment.reference if commitment else "",
                "text": commitment.text if commitment else {},
            }
        )
    del edition
    return found
