"""Applications, reviewers, pairs and an earlier plan as people keep them in tables."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from monarca.config.shell.files import Row, brief, table
from monarca.engines.matching import MOST_AFFINITY, SCALE, Application, Pair, Problem, Reviewer
from monarca.engines.matching.problem import MOST_NEEDS

APPLICATION = ("title", "languages", "topics", "needs", "reviewers")
REVIEWER = ("name", "languages", "topics", "past_topics", "skills", "least", "most")
PAIR = ("affinity", "conflict", "language_waived")
PLAN = ("affinity", "need", "kept", "chance", "reason")
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Tables:
    """The files of one question, `pairs` and `keep` where there are any."""

    applications: Path
    reviewers: Path
    pairs: Path | None = None
    keep: Path | None = None


def read(tables: Tables, *, each: int, is_listed_only: bool) -> Problem:
    """The problem that the files describe. Raises Fault with file, line and column."""
    rows = table(tables.applications, needed=("application",), known=APPLICATION, key="application")
    applications = tuple(_application(row) for row in rows)
    wanted = sum(each if one.reviewers is None else one.reviewers for one in applications)
    people = table(tables.reviewers, needed=("reviewer",), known=REVIEWER, key="reviewer")
    usual = -(-wanted // len(people)) + 1
    reviewers = tuple(_reviewer(row, usual) for row in people)
    return Problem(
        applications,
        reviewers,
        _pairs(tables, {one.id for one in applications}, {one.id for one in reviewers}),
        each,
        is_listed_only,
        _kept(tables.keep) if tables.keep else (),
    )


def _application(row: Row) -> Application:
    needs = _names(row, "needs")
    if len(set(needs)) > MOST_NEEDS:
        raise row.fault(
            "matching.too_many_needs", "needs", application=row.text("application"), most=4
        )
    return Application(
        row.text("application"),
        frozenset(_names(row, "languages")),
        _names(row, "topics"),
        needs,
        row.whole("reviewers", least=0, most=LARGEST) if row.has("reviewers") else None,
    )


def _reviewer(row: Row, usual: int) -> Reviewer:
    """`usual` is the most where the row does not say."""
    most = row.whole("most", least=0, most=LARGEST, default=usual)
    least = row.whole("least", least=0, most=LARGEST, default=0)
    if least > most:
        raise row.fault("matching.loads_cross", "least", reviewer=row.text("reviewer"))
    return Reviewer(
        row.text("reviewer"),
        frozenset(_names(row, "languages")),
        _names(row, "topics"),
        _names(row, "past_topics"),
        frozenset(_names(row, "skills")),
        least,
        most,
    )


def _names(row: Row, column: str) -> tuple[str, ...]:
    """Words of a cell, each once, whatever their capitals."""
    return tuple(dict.fromkeys(each.casefold() for each in row.several(column)))


def _pairs(
    tables: Tables, applications: Collection[str], reviewers: Collection[str]
) -> tuple[Pair, ...]:
    if tables.pairs is None:
        return ()
    rows = table(tables.pairs, needed=("application", "reviewer"), known=PAIR, may_be_empty=True)
    first: dict[tuple[str, str], int] = {}
    found = []
    for row in rows:
        cell = (row.text("application"), row.text("reviewer"))
        _check_known(row, "application", applications, tables.applications)
        _check_known(row, "reviewer", reviewers, tables.reviewers)
        if cell in first:
            said = brief(" + ".join(cell))
            raise row.fault("shell.twice", "reviewer", value=said, first=str(first[cell]))
        first[cell] = row.line
        found.append(_pair(row, cell))
    return tuple(found)


def _check_known(row: Row, column: str, known: Collection[str], where: Path) -> None:
    if row.text(column) not in known:
        value = brief(row.text(column))
        raise row.fault("shell.assign.stranger", column, value=value, file=where.name)


def _pair(row: Row, cell: tuple[str, str]) -> Pair:
    affinity = None
    if row.has("affinity"):
        exact = row.number("affinity", least=0, most=MOST_AFFINITY // SCALE) * SCALE
        if exact != exact.to_integral_value():
            value = brief(exact / SCALE)
            raise row.fault("shell.assign.thousandths", "affinity", value=value)
        affinity = int(exact)
    return Pair(*cell, affinity, row.yes("conflict"), row.yes("language_waived"))


def _kept(path: Path) -> tuple[tuple[str, str], ...]:
    rows = table(path, needed=("application", "reviewer"), known=PLAN, may_be_empty=True)
    return tuple((row.text("application"), row.text("reviewer")) for row in rows)


def exact(thousandths: int) -> Decimal:
    """Thousandths as people write them."""
    return Decimal(thousandths) / SCALE
