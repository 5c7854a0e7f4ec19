"""The problem as it is given: applications, reviewers, what is known of pairs, and what is kept."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from monarca.engines.reasons import Reason, Value

SCALE = 1000
"""An affinity of 1 is 1,000 thousandths; whole numbers keep the flows exact."""

MOST_AFFINITY = 1000 * SCALE
MOST_NEEDS = 4


class Refused(Exception):
    """The problem is not well put, or the wish cannot be granted; `reason` says why."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code)
        self.reason = Reason(code, values)


@dataclass(frozen=True, slots=True)
class Application:
    """One application to be read.

    A reviewer must read every one of `languages`. The first of `topics` is the main one. Each of
    `needs` asks for one reviewer who has that skill. `reviewers` is how many read it, when that is
    not the number of the whole problem.
    """

    id: str
    languages: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    reviewers: int | None = None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """One reviewer: what they read and know, and how many applications they take.

    `topics` are declared, `past` are those of files they read before. `least` is a wish that is met
    where it can be, `most` is a limit that always holds.
    """

    id: str
    languages: frozenset[str] = frozenset()
    topics: tuple[str, ...] = ()
    past: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    least: int = 0
    most: int = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """What is known of one application and one reviewer.

    `affinity` in thousandths, None to compute it from topics; a conflict of interest forbids the
    pair; a waived language lets a person read in spite of it (a translation stands ready).
    """

    application: str
    reviewer: str
    affinity: int | None = None
    is_conflict: bool = False
    is_language_waived: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that a plan must obey.

    `each` reviewers read an application. With `is_listed_only`, only pairs that are listed can be
    given. `keep` are the pairs of an earlier plan, of which as many as possible stay.
    """

    applications: tuple[Application, ...]
    reviewers: tuple[Reviewer, ...]
    pairs: tuple[Pair, ...] = ()
    each: int = 3
    is_listed_only: bool = False
    keep: tuple[tuple[str, str], ...] = ()

    def wanted(self, application: Application) -> int:
        """How many reviewers this application wants."""
        return self.each if application.reviewers is None else application.reviewers


def in_order(problem: Problem) -> Problem:
    """The same problem with rows in order of their ids, so that their order changes nothing.

    Raises Refused: an id or a pair stands twice, a pair names nobody, a number makes no sense.
    """
    applications = tuple(sorted(problem.applications, key=lambda each: each.id))
    reviewers = tuple(sorted(problem.reviewers, key=lambda each: each.id))
    _once((each.id for each in applications), "matching.application_twice")
    _once((each.id for each in reviewers), "matching.reviewer_twice")
    for application in applications:
        _check_application(problem, application)
    for reviewer in reviewers:
        if not 0 <= reviewer.least <= reviewer.most:
            raise Refused("matching.loads_cross", reviewer=reviewer.id)
    pairs = tuple(sorted(problem.pairs, key=attrgetter("application", "reviewer")))
    _check_pairs(pairs, {each.id for each in applications}, {each.id for each in reviewers})
    keep = tuple(sorted(set(problem.keep)))
    return replace(problem, applications=applications, reviewers=reviewers, pairs=pairs, keep=keep)


def to_be_read(problem: Problem) -> Problem:
    """The same problem without the applications that want nobody: they would be the floor."""
    wanting = tuple(each for each in problem.applications if problem.wanted(each))
    ids = {each.id for each in wanting}
    pairs = tuple(each for each in problem.pairs if each.application in ids)
    return replace(problem, applications=wanting, pairs=pairs)


def _check_application(problem: Problem, application: Application) -> None:
    if problem.wanted(application) < 0:
        raise Refused("matching.wanted_negative", application=application.id)
    if len(set(application.needs)) > MOST_NEEDS:
        raise Refused("matching.too_many_needs", application=application.id, most=MOST_NEEDS)


def _check_pairs(
    pairs: Iterable[Pair], applications: Collection[str], reviewers: Collection[str]
) -> None:
    last = ("", "")
    for place, pair in enumerate(pairs):
        now = (pair.application, pair.reviewer)
        if place and now == last:
            raise Refused("matching.pair_twice", application=now[0], reviewer=now[1])
        if pair.application not in applications:
            raise Refused("matching.unknown_application", application=now[0])
        if pair.reviewer not in reviewers:
            raise Refused("matching.unknown_reviewer", reviewer=now[1])
        if pair.affinity is not None and not 0 <= pair.affinity <= MOST_AFFINITY:
            raise Refused("matching.affinity_out_of_range", application=now[0], reviewer=now[1])
        last = now


def _once(ids: Iterable[str], code: str) -> None:
    last = None
    for each in ids:
        if each == last:
            raise Refused(code, id=each)
        last = each
