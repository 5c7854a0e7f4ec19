"""Makers of public records: prepared, worded in both languages, approved, published."""

from datetime import UTC, datetime

from monarca.grants.disclosure import actions
from tests.world_reports import somebody

APRIL = datetime(2025, 4, 7, 18, 0, tzinfo=UTC)

TEXTS = {
    "title": {"en": "Clean water for Yalálag", "fr": "De l'eau propre pour Yalálag"},
    "description": {
        "en": "Twelve women look after the spring and teach others to look after it.",
        "fr": "Douze femmes prennent soin de la source et apprennent aux autres à le faire.",
    },
    "expected_results": {
        "en": "Clean water in three neighbourhoods.",
        "fr": "De l'eau propre dans trois quartiers.",
    },
}
GENERAL = {
    "title": {"en": "Access to water", "fr": "Accès à l'eau"},
    "description": {
        "en": "A local group improves access to water.",
        "fr": "Un groupe local améliore l'accès à l'eau.",
    },
    "expected_results": {"en": "Better access to water.", "fr": "Un meilleur accès à l'eau."},
}


def officer(agreement, role, email=""):
    """Somebody who holds the role at the agreement's mission, made once."""
    mission = agreement.application.call.mission
    return somebody(email or f"{role}@example.org", role, mission)


def make_prepared(agreement, *, level="full", reason="", at=APRIL, by=None, **given):
    by = by or officer(agreement, "coordinator")
    reason = reason or ("" if level == "full" else "safety")
    return actions.prepare(agreement, by=by, at=at, level=level, reason=reason, **given)


def make_worded(agreement, *, texts=None, level="full", at=APRIL, **given):
    """With English and French texts, written by the coordinator."""
    made = make_prepared(agreement, level=level, at=at, **given)
    texts = texts or (TEXTS if level == "full" else GENERAL)
    if level in {"full", "anonymised"}:
        actions.translate(made, by=officer(agreement, "coordinator"), at=at, texts=texts)
    return made


def make_approved(agreement, *, at=APRIL, **given):
    made = make_worded(agreement, at=at, **given)
    return actions.approve(made, by=officer(agreement, "manager"), at=at)


def make_published(agreement, *, at=APRIL, **given):
    made = make_approved(agreement, at=at, **given)
    return actions.publish(made, by=officer(agreement, "head_of_mission"), at=at)
