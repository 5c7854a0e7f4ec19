"""The closed lists a pack may choose from: question kinds, rule kinds, letters, placeholders."""

from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("es", "en", "fr")
SECTIONS = ("project", "organisation", "narrative", "gba", "attachments", "declaration")

QUESTION_KINDS = frozenset(
    {
        *("text", "words", "choice", "choices", "yes_no", "date", "month", "money"),
        *("local_money", "number", "percent", "email", "phone", "url", "place", "people"),
        *("repeat", "file", "declaration"),
    }
)
LISTS = frozenset({"priorities", "focus", "states", "factors"})
LEVELS = ("block", "flag", "info")
STATEMENT_KINDS = ("need", "barrier", "participation", "data", "harm", "indicator", "factor")
OUTCOMES = ("declined", "reserved", "deferred")
INDICATOR_LEVELS = ("output", "immediate", "intermediate")
COST_KINDS = ("direct", "overhead")
COST_NEEDS = ("care_plan",)
INSTALMENT_KINDS = ("advance", "instalment", "reimbursement", "final")
INSTALMENT_CONDITIONS = ("signature", "report:interim", "report:final")
RATE_SOURCES = ("bank-of-canada",)

MAPS_TO: Mapping[str, frozenset[str]] = {
    "title": frozenset({"text"}),
    "requested_cents": frozenset({"money"}),
    "priority": frozenset({"choice"}),
    "starts_on": frozenset({"date"}),
    "ends_on": frozenset({"date"}),
    "states": frozenset({"repeat"}),
    "organisation_kind": frozenset({"choice"}),
    "registered": frozenset({"choice"}),
    "organisation": frozenset({"text"}),
    "language": frozenset({"choice"}),
    "summary": frozenset({"words"}),
}
"""Typed columns a question may fill, and the question kinds that fit each."""

MUST_MAP = (
    "title",
    "requested_cents",
    "priority",
    "starts_on",
    "ends_on",
    "states",
    "organisation_kind",
    "registered",
    "organisation",
    "language",
)


@dataclass(frozen=True, slots=True)
class RuleKind:
    """What a rule of this kind asks, and its parameters by name and type.

    Types: `cents` whole cents of the call's currency; `percent` 0-100; `count` whole
    number from 0; `flag` true or false; `codes` list of codes; `organisation_kinds`,
    `states`, `countries`, `categories`, `costs`: lists of codes that must exist; `words`
    three lists of words, one a language. A missing optional parameter means what the
    kind's sentence says.
    """

    asks: str
    required: Mapping[str, str] = field(default_factory=dict)
    optional: Mapping[str, str] = field(default_factory=dict)


RULE_KINDS: Mapping[str, RuleKind] = {
    "received_by_deadline": RuleKind("Received before closing (plus the call's grace minutes)?"),
    "language_in_call": RuleKind("Written in a language of the call?"),
    "form_complete": RuleKind("Every required question answered, the whole GBA block included?"),
    "budget_adds_up": RuleKind(
        "A budget is there, each line and the total add up (within `tolerance_cents`, else 0)?",
        optional={"tolerance_cents": "cents"},
    ),
    "organisation_kind_in": RuleKind(
        "The organisation's kind is one the call accepts?", {"kinds": "organisation_kinds"}
    ),
    "local_or_with_partner": RuleKind(
        "Local, or of a foreign kind with at least `partners` local partners (else 1)?",
        {"foreign_kinds": "organisation_kinds"},
        {"partners": "count"},
    ),
    "registered_or_at_risk": RuleKind(
        "Registered with proof? The answer at_risk is never a refusal: it restricts the file."
    ),
    "bank_account": RuleKind("A bank account in the organisation's own name?"),
    "place_in_countries": RuleKind(
        "Every place in one of `countries` (else the mission's)?",
        optional={"countries": "countries"},
    ),
    "priority_in_call": RuleKind("At least one priority of the call?"),
    "place_in_states": RuleKind("A place in a state the call favours?", {"states": "states"}),
    "dates_in_window": RuleKind(
        "Starts after closing and ends by the call's end of activities, at most `years` "
        "fiscal years (else the call's years)?",
        optional={"years": "count"},
    ),
    "amount_at_most": RuleKind(
        "The amount asked is at most `cents` (else the call's max_cents)?",
        optional={"cents": "cents"},
    ),
    "amount_at_least": RuleKind(
        "The amount asked is at least `cents` (else the call's min_cents)?",
        optional={"cents": "cents"},
    ),
    "amount_near_average": RuleKind(
        "The amount asked is within `percent` of `cents` (else the call's average_cents)?",
        {"percent": "percent"},
        {"cents": "cents"},
    ),
    "overhead_at_most": RuleKind(
        "Overhead is at most `percent` (else budget.overhead_percent) of the fund's money?",
        optional={"percent": "percent"},
    ),
    "no_excluded_cost": RuleKind(
        "No line names a cost of `costs` (else every ineligible cost, less `except`)?",
        optional={"costs": "costs", "except": "costs"},
    ),
    "costs_within_dates": RuleKind(
        "Every line's fiscal year and every activity's months lie inside the project's dates?"
    ),
    "no_line_with_words": RuleKind("No line speaks of `words`?", {"words": "words"}),
    "equipment_needs_care_plan": RuleKind(
        "A line of `categories` is needed, good value, and has a plan for its care?",
        {"categories": "categories"},
    ),
    "one_per_organisation": RuleKind("The organisation's only application in this call?"),
    "no_overdue_report": RuleKind("No overdue report or debt from an earlier agreement?"),
    "no_double_funding": RuleKind(
        "No other money of the same government (a donor named by `words`) for the same costs?",
        {"words": "words"},
    ),
    "own_contribution_at_least": RuleKind(
        "Own and other money is at least `percent` of the total, or `cents` (else 0)?",
        optional={"percent": "percent", "cents": "cents"},
    ),
    "not_on_a_sanctions_list": RuleKind(
        "A person has checked organisation, signatory and partners against the lists?"
    ),
}

_EVERY_LETTER = frozenset({"reference", "address"})


def _letter(*more: str) -> frozenset[str]:
    return _EVERY_LETTER | frozenset(more)


LETTERS: Mapping[str, frozenset[str]] = {
    "application.received": _letter("received_at", "sha256"),
    "intake.confirmed": _letter("received_at"),
    "clarification.asked": _letter("due_on"),
    "screening.ineligible": _letter("reason"),
    "decision.approved": _letter("amount"),
    "decision.declined": _letter("reason"),
    "decision.reserved": _letter("reason"),
    "decision.deferred": _letter("reason"),
    "agreement.sent": _letter("number", "due_on"),
    "agreement.active": _letter("number"),
    "report.due": _letter("number", "due_on"),
    "report.returned": _letter("number", "due_on"),
    "report.accepted": _letter("number"),
    "payment.released": _letter("number", "instalment", "amount"),
}
"""Letters a pack must write, and the placeholders each may hold.

`address` is the page to open. No letter names an organisation or a title: a restricted
file is known by its reference alone. The sign-in code and other system letters are not here.
"""

AGREEMENT_PLACEHOLDERS = frozenset(
    {
        *("number", "reference", "organisation", "representative", "representative_title"),
        *("signatory", "mission", "address", "title", "amount", "currency", "local_currency"),
        *("starts_on", "ends_on", "fiscal_year", "variance_percent", "overhead_percent"),
        "terms_version",
    }
)
"""What an article may hold; here `address` is the mission's postal address."""

CALL_PLACEHOLDERS = frozenset({"fiscal_year"})
