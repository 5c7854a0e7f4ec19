"""What a plan of readers stands on: the files of a call that want readers, and who is free."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from monarca.engines import sealing
from monarca.engines.matching import Application as File
from monarca.engines.matching import Pair, Problem, Reviewer
from monarca.grants.applications import gate
from monarca.grants.applications.models import Answer, Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.applications.states import Status as Stage
from monarca.grants.calls.models import Call
from monarca.grants.reviews.models import Assignment
from monarca.grants.reviews.queries import hands
from monarca.grants.reviews.queries.reading import LIVE, reviewable
from monarca.grants.reviews.states import Conflict, Status
from monarca.grants.screening import queries as screening
from monarca.ground.journal.models import Entry
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles

USUAL = 2
"""Readers of a file where nobody asks for another number."""

TOPICS = ("secondary_priority", "focus")
FREE = ("", Conflict.NONE)
RULED = (
    "decision.approved",
    "decision.reserved",
    "decision.declined",
    "decision.confirmed",
)
OPENED = ("decision.proposed", "decision.proposed_again", "decision.deferred")


def calls_to_plan(user: User, *, at: datetime) -> QuerySet[Call]:
    """Calls where this person assigns, with an eligible file that is unread or being read."""
    going = (Status.ASSIGNED, Status.IN_PROGRESS)
    readings = Assignment.objects.filter(application=OuterRef("pk"))
    waits = Exists(readings.filter(status__in=going)) | ~Exists(readings.filter(status__in=LIVE))
    files = reviewable(user, at=at).filter(waits, status=Stage.SUBMITTED)
    rows = Call.objects.filter(pk__in=files.order_by().values("call"))
    return rows.order_by("-closes_at", "-pk")


def wanting(call: Call, *, at: datetime, user: User | None) -> QuerySet[Application]:
    """Eligible files of a call, in order of their references.

    With a person, those this person may give to readers; without one, those open to the team.
    """
    passed = screening.eligible().order_by().values("application")
    rows = Application.objects.filter(sensitivity=Sensitivity.OPEN, pk__in=passed)
    if user:
        rows = reviewable(user, at=at)
    rows = rows.filter(call=call, status=Stage.SUBMITTED).order_by("reference")
    return rows.select_related("applicant")


def to_plan(call: Call, *, at: datetime, user: User | None) -> list[Application]:
    """Those of them on which no committee has ruled."""
    files = list(wanting(call, at=at, user=user))
    ruled = _ruled(files)
    return [file for file in files if file.pk not in ruled]


def _ruled(files: Collection[Application]) -> set[int]:
    """Those of these files on which a committee's word stands.

    Decisions are made downstream, so what this room knows of them is what the journal says.
    """
    kind = Application._meta.label_lower
    labels = {f"{kind}:{file.pk}": file.pk for file in files}
    entries = Entry.objects.filter(file__in=labels, verb__in=(*RULED, *OPENED))
    last = dict(entries.order_by("at", "pk").values_list("file", "verb"))
    return {labels[label] for label, verb in last.items() if verb in RULED}


def problem_of(call: Call, *, each: int, at: datetime, user: User | None = None) -> Problem:
    """The problem that a plan of readers solves, as the page and `monarca assign` put it.

    Each file wants `each` readers, or as many as read it already. What was given is kept; what
    somebody finished who is no reviewer any more counts and is nobody's load. A reader has as wish
    an even share and as limit one more, or what they hold already. A file is named by its
    reference, a reader by their address. As many questions for one file as for many.
    """
    files = to_plan(call, at=at, user=user)
    readers = list(people.holders(call.mission, Roles.REVIEWER, at=at))
    known, rows = {one.pk for one in readers}, given_to(files)
    past_them = [r for r in rows if r.status == Status.COMPLETE and r.reviewer_id not in known]
    going = [r for r in rows if r.status != Status.COMPLETE or r.reviewer_id in known]
    held = {(row.application_id, row.reviewer_id) for row in going}
    closed = _closed(files, held, at=at)
    stay = [hand for hand in held - closed if hand[1] in known]
    reading, done = Counter(f for f, _ in stay), Counter(r.application_id for r in past_them)
    wants = {f.pk: max(each - done[f.pk], reading[f.pk]) for f in files}
    loads, wanted = Counter(person for _, person in stay), sum(wants.values())
    past = _past(readers, at=at, user=user)
    return Problem(
        _asked(files, wants),
        _readers(call, readers, past, wanted=wanted, loads=loads),
        _pairs(files, readers, closed),
        each,
        keep=tuple((row.application.reference, row.reviewer.email) for row in going),
    )


def given_to(files: Collection[Application]) -> list[Assignment]:
    """The readings of these files that were not given up, in the order they were given."""
    rows = Assignment.objects.filter(application__in=[f.pk for f in files], status__in=LIVE)
    return list(rows.select_related("application", "reviewer").order_by("assigned_at", "pk"))


def _closed(
    files: Sequence[Application], given: Set[hands.Hand], *, at: datetime
) -> frozenset[hands.Hand]:
    """Who may not read which file: barred, a hand in it, or a declared interest.

    Whoever declared a potential one after the file was given reads on; it is noted.
    """
    said = {hand for hand, level in hands.declared(files).items() if level not in FREE}
    return hands.workers(files) | hands.barred(files, at=at) | (said - given)


def _asked(files: Sequence[Application], wants: Mapping[int, int]) -> tuple[File, ...]:
    topics = _topics(files)
    return tuple(
        File(
            file.reference,
            frozenset({file.language.casefold()}),
            topics[file.pk],
            reviewers=wants[file.pk],
        )
        for file in files
    )


def _readers(
    call: Call,
    readers: Sequence[User],
    past: Mapping[int, tuple[str, ...]],
    *,
    wanted: int,
    loads: Mapping[int, int],
) -> tuple[Reviewer, ...]:
    """All read the languages of the call; `loads` is what each of them holds already."""
    number = max(1, len(readers))
    even, most = wanted // number, -(-wanted // number) + 1
    languages = frozenset(language.casefold() for language in call.languages)
    return tuple(
        Reviewer(
            one.email,
            languages,
            past=past.get(one.pk, ()),
            least=even,
            most=max(most, loads[one.pk]),
        )
        for one in readers
    )


def _pairs(
    files: Iterable[Application], readers: Sequence[User], closed: Collection[hands.Hand]
) -> tuple[Pair, ...]:
    return tuple(
        Pair(file.reference, one.email, is_conflict=True)
        for file in files
        for one in readers
        if (file.pk, one.pk) in closed
    )


def _topics(files: Sequence[Application]) -> dict[int, tuple[str, ...]]:
    """The codes of priority, second priority and focus of each file, the main one first."""
    found = {file.pk: [file.priority] for file in files}
    rows = Answer.objects.filter(application__in=found, question__in=TOPICS)
    for file, _question, value in sorted(
        rows.values_list("application", "question", "value"),
        key=lambda row: (row[0], TOPICS.index(row[1])),
    ):
        found[file] += [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    return {
        file: tuple(dict.fromkeys(code.casefold() for code in codes if code))
        for file, codes in found.items()
    }


def _past(
    readers: Sequence[User], *, at: datetime, user: User | None
) -> dict[int, tuple[str, ...]]:
    """Reader -> the priorities of what they read to the end, of files one may know of."""
    known = gate.seen(user, at=at, path="application__") if user else None
    known = known or Q(application__sensitivity=Sensitivity.OPEN)
    rows = Assignment.objects.filter(
        known, status=Status.COMPLETE, reviewer__in=[one.pk for one in readers]
    )
    found: dict[int, list[str]] = {}
    told = rows.exclude(application__priority="").order_by("reviewer", "application__priority")
    for person, code in told.values_list("reviewer", "application__priority").distinct():
        found.setdefault(person, []).append(code.casefold())
    return {person: tuple(codes) for person, codes in found.items()}


def seal_of_plan(call: Call, pairs: Collection[tuple[str, str]]) -> str:
    """One hash of what a plan gives (reference, address) and of what its files hold now."""
    rows = Assignment.objects.filter(
        application__call=call,
        application__reference__in={reference for reference, _email in pairs},
        status__in=LIVE,
    )
    held = sorted(rows.values_list("application__reference", "reviewer__email"))
    return sealing.sha256([call.code, sorted(map(list, pairs)), [list(one) for one in held]])
