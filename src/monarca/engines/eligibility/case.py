"""What a rule is held against: the definition, the facts, and a careful way to read answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from monarca.engines import budgets, questions
from monarca.engines.questions.options import Option, questions_in
from monarca.engines.reasons import Reason, Value

Outcome = Literal["pass", "fail", "unknown", "not_applicable"]
Level = Literal["block", "flag", "info"]

CODES = ("rule.not_answered", "rule.budget_missing")

type Verdict = tuple[Outcome, Reason]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the rules need to know of one application; what is None is not known.

    `opens_at` and `closes_at` are the call's as they stand (it may have been extended); None takes
    the definition's. `states` are the options of the place picker, `attached` the keys of questions
    that have a file, `countries` the countries of its places (None: the mission's own).
    `other_applications` counts the organisation's other live applications in this call;
    `overdue_reports` and `debt_cents` (CAD) come from its standing. `sanctions_clear`: a person has
    looked; `care_plan`: equipment is needed, good value and will be cared for.
    """

    received_at: datetime | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    answers: Mapping[str, questions.Json] = field(default_factory=dict)
    language: str = ""
    lines: tuple[budgets.Line, ...] = ()
    budget: budgets.Context = field(default_factory=budgets.Context)
    states: Sequence[Option] = ()
    attached: frozenset[str] = frozenset()
    countries: frozenset[str] | None = None
    other_applications: int = 0
    overdue_reports: int = 0
    debt_cents: int = 0
    sanctions_clear: bool | None = None
    care_plan: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found. `rule` is its id in the pack ("E13"), `level` what a failure means."""

    rule: str
    kind: str
    level: Level
    outcome: Outcome
    reason: Reason


@dataclass(frozen=True, slots=True)
class Case:
    definition: Mapping[str, Any]
    facts: Facts
    params: Mapping[str, Any]

    @property
    def call(self) -> Mapping[str, Any]:
        return dict(self.definition.get("call", {}))

    @property
    def opens_at(self) -> datetime | None:
        return self.facts.opens_at or instant(self.call.get("opens_at"))

    @property
    def closes_at(self) -> datetime | None:
        return self.facts.closes_at or instant(self.call.get("closes_at"))

    @property
    def closes_on(self) -> date | None:
        """The day on which the call closes, on the mission's calendar."""
        zone = ZoneInfo(self.definition.get("mission", {}).get("time_zone") or "UTC")
        return self.closes_at.astimezone(zone).date() if self.closes_at else None

    def answer(self, name: str) -> questions.Json:
        """The answer to the question that maps to `name`, else to the question of that key."""
        keys = [q["key"] for q in questions_in(self.definition) if q.get("maps_to") == name]
        return self.facts.answers.get(keys[0] if keys else name)

    def text(self, name: str) -> str:
        value = self.answer(name)
        return value.strip() if isinstance(value, str) else ""

    def day(self, name: str) -> date | None:
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    def cents(self, name: str) -> int | None:
        value = self.answer(name)
        cents = value.get("cents") if isinstance(value, Mapping) else None
        return cents if isinstance(cents, int) and not isinstance(cents, bool) else None

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        value = self.answer(name)
        kept = value if isinstance(value, list) else []
        return [row for row in kept if isinstance(row, Mapping) and not questions.is_blank(row)]

    def param(self, name: str, otherwise: Any) -> Any:
        return self.params.get(name, otherwise)


def instant(text: object) -> datetime | None:
    """An instant as a definition writes it, in UTC; None when there is none."""
    if not isinstance(text, str) or not text:
        return None
    read = datetime.fromisoformat(text)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def spelled(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def says(outcome: Outcome, code: str, **values: Value) -> Verdict:
    return outcome, Reason(f"rule.{code}", values)


def met(holds: bool, kept: str, broken: str, **values: Value) -> Verdict:
    return says("pass", kept, **values) if holds else says("fail", broken, **values)


def not_answered(question: str) -> Verdict:
    return says("unknown", "not_answered", question=question)


def budget_missing() -> Verdict:
    return says("unknown", "budget_missing")
