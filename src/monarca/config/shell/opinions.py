"""`monarca opinions`: what people agree on, where they are divided, and groups if they hold."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from monarca.config.shell.drawing import Band, stacks
from monarca.config.shell.files import Fault, Row, table, unrepeated
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import whole
from monarca.engines import opinion
from monarca.engines.opinion import Counts, Group, Opinions, Reading, Vote
from monarca.engines.reasons import Reason, Value
from monarca.kit.reasons import written

LONG = ("participant", "statement", "vote")
POLIS = frozenset(("group-id", "n-comments", "n-votes", "n-agree", "n-disagree"))
"""Columns of a Polis export that are not statements."""

WORDS = {"1": 1, "0": 0, "-1": -1, "agree": 1, "pass": 0, "disagree": -1}
SHOWN = 10

EXAMPLE = """\
a complete example; the file votes.csv, one row a vote:

  participant,statement,vote
  ana,becas,agree
  ana,voto,-1
  luis,becas,1
  luis,voto,pass

or one row a person, as Polis exports it (blank: not seen):

  participant,becas,voto
  ana,1,-1
  luis,1,0

the file statements.csv, if there is one:

  id,text
  becas,Las becas deben llegar primero a quienes estudian lejos de casa.
  voto,La edad para votar debe bajar a 16 años.

and the command line:

  monarca opinions votes.csv --statements statements.csv

vote: 1 or agree, -1 or disagree, 0 or pass. Groups are shown only from 48 people with seven votes
each, none under five people, and only if they stay the same when a fifth of the statements is
hidden.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca opinions`."""
    parser.add_argument("votes", type=Path, metavar="VOTES.csv", help="who voted how on what")
    parser.add_argument("--statements", type=Path, metavar="S.csv", help="texts of the statements")
    parser.add_argument(
        "--seed", type=whole(), default=1, help="which statements are hidden (default 1)"
    )
    parser.add_argument(
        "--top",
        type=whole(),
        default=SHOWN,
        help=f"statements shown in each table (default {SHOWN})",
    )


def answer(given: Namespace, teller: Teller) -> int:
    """Read the votes, find out what they say, tell it."""
    texts = _texts(given.statements) if given.statements else {}
    votes = list(_votes(given.votes))
    with teller.progress("shell.opinions.trying") as step:
        found = opinion.survey(votes, texts, seed=given.seed, progress=step)
    if teller.as_json:
        teller.tell(_data(found, texts))
    else:
        teller.tell(None, *_parts(found, texts, max(0, given.top), teller))
    if teller.plot:
        teller.draw(_drawn(found, texts, teller))
    return 0


def _texts(path: Path) -> dict[str, str]:
    rows = table(path, needed=("id", "text"), known=(), key="id")
    return {row.text("id"): row.text("text") for row in rows}


def _votes(path: Path) -> Iterator[Vote]:
    rows = table(path, needed=("participant",))
    if {"statement", "vote"} & set(rows[0].cells):
        return _long(path, rows)
    unrepeated(rows, "participant")
    return _wide(rows)


def _long(path: Path, rows: Sequence[Row]) -> Iterator[Vote]:
    """One row a vote. Raises Fault: a column too few or too many, a vote twice."""
    heads = rows[0].cells
    for name in LONG:
        if name not in heads:
            raise Fault(path, Reason("shell.missing_column"), line=1, column=name)
    for name in heads:
        if name not in {*LONG, ""}:
            values: dict[str, Value] = {"choices": ", ".join(LONG)}
            raise Fault(path, Reason("shell.unknown_column", values), line=1, column=name)
    seen: set[tuple[str, str]] = set()
    for row in rows:
        person, statement = row.text("participant"), row.text("statement")
        if (person, statement) in seen:
            said: dict[str, Value] = {"participant": person, "statement": statement}
            raise row.fault("opinion.vote_twice", "statement", **said)
        seen.add((person, statement))
        yield Vote(person, statement, WORDS[row.one_of("vote", WORDS)])


def _wide(rows: Sequence[Row]) -> Iterator[Vote]:
    """One row a person, one column a statement."""
    for row in rows:
        person = row.text("participant")
        for name in row.cells:
            if name not in {"participant", "", *POLIS} and row.text(name, default=""):
                yield Vote(person, name, WORDS[row.one_of(name, WORDS)])


def _data(found: Opinions, texts: Mapping[str, str]) -> dict[str, object]:
    return {
        "people": found.people,
        "votes": found.votes,
        "statements": [_statement(each, found, texts) for each in found.readings],
        "most_agreed": found.most_agreed,
        "most_divided": found.most_divided,
        "groups": found.groups,
        "groups_reason": found.reason,
        "stability": found.stability,
        "unplaced": found.unplaced,
        "seed": found.seed,
    }


def _statement(each: Reading, found: Opinions, texts: Mapping[str, str]) -> dict[str, object]:
    letters = [group.letter for group in found.groups]
    return {
        "id": each.id,
        "text": texts.get(each.id, ""),
        **_numbers(each.counts),
        "kind": each.kind,
        "reason": each.reason,
        "division": each.counts.division,
        "consensus": each.consensus,
        "consensus_against": each.against,
        "weakest_agreement": each.weakest,
        "by_group": {
            letter: part and _numbers(part)
            for letter, part in zip(letters, each.by_group, strict=True)
        },
    }


def _numbers(counts: Counts) -> dict[str, int]:
    return {
        "agree": counts.agree,
        "disagree": counts.disagree,
        "pass": counts.passed,
        "seen": counts.seen,
    }


def _parts(
    found: Opinions, texts: Mapping[str, str], top: int, teller: Teller
) -> list[Sheet | str]:
    said = {each.id: texts.get(each.id, each.id) for each in found.readings}
    parts: list[Sheet | str] = [*_statements(found, said, top), teller.reason(found.reason)]
    if found.groups:
        parts.append(_groups(found.groups, said))
        if found.unplaced:
            parts.append(teller.say("shell.opinions.unplaced", count=len(found.unplaced)))
    return parts


def _statements(found: Opinions, said: Mapping[str, str], top: int) -> list[Sheet | str]:
    """Statements before groups: the most agreed, then the most divided."""
    by_id = {each.id: each for each in found.readings}
    agreed = [by_id[name] for name in found.most_agreed[:top]]
    divided = [by_id[name] for name in found.most_divided[:top] if by_id[name].counts.division]
    counts: dict[str, Value] = {
        "people": found.people,
        "votes": found.votes,
        "statements": len(found.readings),
    }
    return [
        Sheet(
            "shell.opinions.agreed_title",
            _heads("statement", "verdict", "consensus", "weakest"),
            [(said[one.id], one.reason, *_rounded(one.consensus, one.weakest)) for one in agreed],
            counts,
        ),
        Sheet(
            "shell.opinions.divided_title",
            _heads("statement", "verdict", "division"),
            [(said[one.id], one.reason, *_rounded(one.counts.division)) for one in divided],
        ),
    ]


def _groups(groups: Sequence[Group], said: Mapping[str, str]) -> Sheet:
    rows: list[tuple[object, ...]] = []
    for group in groups:
        rows.append((group.letter, len(group.members), "", ""))
        rows += [("", "", said[each.statement], each.reason) for each in group.typical]
    heads = _heads("group", "people", "statement", "differs")
    return Sheet("shell.opinions.groups_title", heads, rows)


def _heads(*names: str) -> list[str]:
    return [f"shell.opinions.{name}" for name in names]


def _rounded(*figures: float) -> list[Decimal]:
    return [Decimal(str(round(figure, 3))) for figure in figures]


def _drawn(found: Opinions, texts: Mapping[str, str], teller: Teller) -> str:
    """Each statement as one bar of those who agree, pass and disagree; the most agreed first."""
    by_id = {each.id: each for each in found.readings}
    bands = []
    for name in found.most_agreed:
        counts = by_id[name].counts
        share = written("agree_share", counts.agree / counts.seen, teller.lang)
        parts = (float(counts.agree), float(counts.passed), float(counts.disagree))
        bands.append(Band(texts.get(name, name), parts, f"{share} / {counts.seen}"))
    return stacks(teller.say("shell.opinions.plot"), bands)
