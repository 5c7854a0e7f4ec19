"""Rules on how an application came: in time, in a language of the call, whole, once."""

from monarca.engines import questions
from monarca.engines.eligibility.case import (
    Case,
    Verdict,
    met,
    not_answered,
    says,
    spelled,
)
from monarca.engines.questions.options import questions_in

CODES = (
    "rule.not_received",
    "rule.received_early",
    "rule.received_in_time",
    "rule.received_late",
    "rule.language_accepted",
    "rule.language_refused",
    "rule.form_whole",
    "rule.form_incomplete",
    "rule.gba_incomplete",
    "rule.only_application",
    "rule.other_applications",
)

SOFT = frozenset({"question.too_many_words", "question.too_long"})
"""A text over its limit is told to the applicant; it does not make the form incomplete."""


def received_by_deadline(case: Case) -> Verdict:
    """E01. The window is half open: [opens, closes + grace). On the instant of closing is late."""
    received, opens, closes = case.facts.received_at, case.opens_at, case.closes_at
    if received is None or closes is None:
        return says("unknown", "not_received")
    if opens is not None and received < opens:
        values = {"received_at": spelled(received), "opens_at": spelled(opens)}
        return says("fail", "received_early", **values)
    values = {"received_at": spelled(received), "closes_at": spelled(closes)}
    grace = case.call.get("grace_minutes") or 0
    late = (received - closes).total_seconds() >= grace * 60
    return met(not late, "received_in_time", "received_late", **values)


def language_in_call(case: Case) -> Verdict:
    """E02."""
    language = case.facts.language or case.text("language")
    if not language:
        return not_answered("language")
    accepted = case.call.get("languages", ())
    return met(language in accepted, "language_accepted", "language_refused", language=language)


def form_complete(case: Case) -> Verdict:
    """E03. Every question asked is answered and readable; the GBA block is named first."""
    context = questions.Context(case.definition, case.facts.states, case.facts.attached)
    found = questions.problems_of(case.definition, case.facts.answers, context=context)
    missing = [
        key for key, each in found.items() if any(one.reason.code not in SOFT for one in each)
    ]
    gba = {question["key"] for question in questions_in(case.definition) if question.get("gba")}
    unanswered = [key for key in missing if key in gba]
    if unanswered:
        return says("fail", "gba_incomplete", count=len(unanswered), question=unanswered[0])
    if missing:
        return says("fail", "form_incomplete", count=len(missing), question=missing[0])
    return says("pass", "form_whole")


def one_per_organisation(case: Case) -> Verdict:
    """E21."""
    others = case.facts.other_applications
    return met(others == 0, "only_application", "other_applications", count=others)


CHECKERS = {
    "received_by_deadline": received_by_deadline,
    "language_in_call": language_in_call,
    "form_complete": form_complete,
    "one_per_organisation": one_per_organisation,
}
