"""A file meets the register: which rows are new, known or worded anew, and which cannot stand."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch

from monarca.engines import references
from monarca.engines.reasons import Reason
from monarca.engines.tables import MOST_FLAWS, Flaw
from monarca.ground.commitments.models import Aim, Commitment, Owner
from monarca.ground.commitments.queries.days import strange_due, strange_promise
from monarca.ground.commitments.queries.desk import kept_by
from monarca.ground.commitments.queries.finding import where_made
from monarca.ground.commitments.queries.incoming import Incoming, in_a_cell
from monarca.ground.commitments.states import ENDED, OPEN
from monarca.ground.people.models import Mission, User

NEW, SAME, WORDED = "new", "same", "worded"

type Content = tuple[str, date, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Step:
    """What one row would do; `held` is the commitment that it is, if it is known."""

    row: Incoming
    kind: str
    held: Commitment | None = None

    @property
    def text(self) -> dict[str, str]:
        """The words afterwards: a language that the row leaves out stays as it is."""
        return {**(self.held.text if self.held else {}), **self.row.text}

    @property
    def due_on(self) -> date | None:
        return self.row.due_on or (self.held.due_on if self.held else None)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Every step, or every fault and no step."""

    steps: tuple[Step, ...] = ()
    flaws: tuple[Flaw, ...] = ()

    def count(self, kind: str) -> int:
        return sum(step.kind == kind for step in self.steps)


@dataclass(frozen=True, slots=True)
class Known:
    """The commitments that this person keeps at the mission, by what a row may call them."""

    by_reference: Mapping[str, Commitment]
    by_id: Mapping[str, Commitment]
    by_content: Mapping[Content, Commitment]
    taken: frozenset[str]


def meet(
    rows: Sequence[Incoming], mission: Mission, *, by: User, publishes: bool, at: datetime
) -> Meeting:
    """What these rows would do at this mission, in five questions however many they are.

    `publishes`: may the person make a commitment public as it comes in?
    """
    known = _known(rows, mission, by=by, at=at)
    flaws: list[Flaw] = [*_twice(rows)]
    steps = []
    for row in rows:
        step, wrong = _met(row, known, publishes=publishes, at=at)
        steps.append(step)
        flaws += wrong
    return Meeting(flaws=tuple(flaws[:MOST_FLAWS])) if flaws else Meeting(tuple(steps))


def _known(rows: Sequence[Incoming], mission: Mission, *, by: User, at: datetime) -> Known:
    owners = Prefetch("owners", Owner.objects.in_force(at).order_by("pk"), to_attr="held")
    aims = Prefetch("aims", Aim.objects.order_by("pk"), to_attr="served")
    kept = list(kept_by(by, at=at).filter(mission=mission).prefetch_related(owners, aims))
    ids = [row.external_id for row in rows if row.external_id]
    taken = Commitment.objects.filter(mission=mission, external_id__in=ids)
    return Known(
        by_reference={one.reference: one for one in kept},
        by_id={one.external_id: one for one in kept if one.external_id},
        by_content={_content(one.origin, one.promised_on, one.text): one for one in kept},
        taken=frozenset(taken.values_list("external_id", flat=True)),
    )


def _content(origin: str, on: date, text: Mapping[str, str]) -> Content:
    return origin, on, tuple(sorted(text.items()))


def _twice(rows: Sequence[Incoming]) -> Iterator[Flaw]:
    """Two rows with the same words, day and origin are one commitment written twice."""
    seen: dict[Content, int] = {}
    for row in rows:
        first = seen.setdefault(_content(row.origin, row.promised_on, row.text), row.line)
        if first != row.line and row.text:
            yield _flaw(row, "", "commitments.same_row", first=first)


def _flaw(row: Incoming, column: str, code: str, **values: Any) -> Flaw:
    return Flaw(row.line, column, Reason(code, values))


def _met(row: Incoming, known: Known, *, publishes: bool, at: datetime) -> tuple[Step, list[Flaw]]:
    held, flaws = _found(row, known)
    if flaws:
        return Step(row, NEW), flaws
    if held is None:
        return Step(row, NEW), list(_wrong_when_new(row, publishes=publishes, at=at))
    step = Step(row, SAME, held)
    is_same = (step.text, step.due_on) == (held.text, held.due_on)
    step = step if is_same else Step(row, WORDED, held)
    return step, list(_wrong_when_known(step, held))


def _found(row: Incoming, known: Known) -> tuple[Commitment | None, list[Flaw]]:
    """The commitment that the row is: by its reference, its own id, or its very words."""
    if row.reference:
        held = known.by_reference.get(references.normalise(row.reference))
        if held is None:
            return None, [_flaw(row, "reference", "commitments.unknown_reference")]
        if row.external_id and held.external_id != row.external_id:
            return None, [_flaw(row, "external_id", "commitments.other_id")]
        return held, []
    if row.external_id:
        held = known.by_id.get(row.external_id)
        if held is None and row.external_id in known.taken:
            return None, [_flaw(row, "external_id", "commitments.id_taken")]
        return held, []
    return known.by_content.get(_content(row.origin, row.promised_on, row.text)), []


def _wrong_when_new(row: Incoming, *, publishes: bool, at: datetime) -> Iterator[Flaw]:
    if not row.text:
        yield _flaw(row, "text_es", "NothingPromised")
    if strange := strange_promise(row.promised_on, at=at):
        yield Flaw(row.line, "promised_on", strange)
    if strange := strange_due(row.promised_on, row.due_on):
        yield Flaw(row.line, "due_on", strange)
    if row.status in ENDED and not row.evidence_url:
        yield _flaw(row, "evidence_url", "NoEvidence")
    if row.public and not publishes:
        yield _flaw(row, "public", "commitments.manager_publishes")


def _wrong_when_known(step: Step, held: Commitment) -> Iterator[Flaw]:
    """What a file may not change: it is changed on the commitment's page, or never."""
    row = step.row
    for column, new, old in _fixed(row, held):
        if new and new != old:
            yield _flaw(row, column, "commitments.is_fixed", reference=held.reference)
    if row.status and row.status != held.status:
        yield _flaw(row, "status", "commitments.status_by_report", reference=held.reference)
    if row.public is not None and row.public != held.is_public:
        yield _flaw(row, "public", "commitments.public_on_its_page", reference=held.reference)
    if step.kind == WORDED:
        yield from _wrong_when_worded(step, held)


def _wrong_when_worded(step: Step, held: Commitment) -> Iterator[Flaw]:
    """What another room deposited keeps its words and its day, whatever a file says."""
    row = step.row
    if held.source:
        says = [code for code, text in row.text.items() if text != held.text.get(code)]
        column = f"text_{says[0]}" if says else "due_on"
        yield _flaw(row, column, "WordedWhereItWasMade", where=where_made(held))
    elif held.status not in OPEN:
        yield _flaw(row, "text_es", "AlreadyEnded")
    elif strange := strange_due(held.promised_on, step.due_on):
        yield Flaw(row.line, "due_on", strange)


def _fixed(row: Incoming, held: Commitment) -> Iterable[tuple[str, Any, Any]]:
    """(column, what the file says, what the register holds)."""
    yield "origin", row.origin, held.origin
    yield "promised_on", row.promised_on, held.promised_on
    yield "pillar", row.pillar, held.pillar
    yield "aims", set(row.aims), {one.aim for one in held.served}  # type: ignore[attr-defined]
    now: dict[str, set[str]] = {}
    for owner in held.held:  # type: ignore[attr-defined]
        now.setdefault(owner.side, set()).add(in_a_cell(owner.name))
    for side, names in row.owners.items():
        yield f"owner_{side}", {in_a_cell(name) for name in names}, now.get(side, set())
