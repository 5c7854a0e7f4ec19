"""`monarca rank SCORES.csv`: a ranking that says how sure it is."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from monarca.config.shell import calls, files
from monarca.config.shell.drawing import Mark as Dot
from monarca.config.shell.drawing import dots
from monarca.config.shell.files import Fault, Row
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import number, whole
from monarca.engines import scoring
from monarca.engines.scoring import Line, Lottery, Mark, Ranking, Reviewer, Standing, Unfit
from monarca.kit import reasons

EXAMPLE = """\
A complete example

scores.csv (comma, semicolon or tab; also .json, .jsonl):
  application,reviewer,score
  MX-01,Ana,4.5
  MX-01,Luis,4
  MX-02,Ana,3.5
  MX-02,Rosa,2.5
  MX-03,Luis,3
  MX-03,Rosa,2.5
  MX-04,Ana,
A blank score is a review that is not there yet. Two more columns may follow: criterion (one
row for each criterion of a review) and weight (of the criterion; 1 without it).

  monarca rank scores.csv --fund 2
  monarca rank scores.csv --fund 2 --calibrated --explain --plot ranking.svg
  monarca rank scores.csv --line 3.5 --json
  monarca rank scores.csv --fund 2 --lottery --announced "National Lottery, 3 May, first prize"
  monarca rank scores.csv --fund 2 --lottery --announced "…" --seed 48213
  monarca rank CFLI-MX-2024 --fund 12 --as manager@example.org

Exit: 0 done, 1 --calibrated could not be had or the file is wrong, 2 wrong usage."""

LARGEST = Decimal("1e12")
NEEDED = ("application", "reviewer", "score")


def arguments(parser: ArgumentParser) -> None:
    """What the command can be given."""
    parser.add_argument("scores", type=Path, help="a table of scores, one row a review; or a call")
    line = parser.add_mutually_exclusive_group()
    line.add_argument("--fund", type=whole(), metavar="N", help="the line: under the best N")
    line.add_argument(
        "--line",
        type=number(-float(LARGEST), float(LARGEST)),
        metavar="SCORE",
        help="the line: at this score",
    )
    parser.add_argument(
        "--calibrated", action="store_true", help="rank by the calibrated score, not the raw mean"
    )
    parser.add_argument(
        "--explain", action="store_true", help="say of every review why it counts as it does"
    )
    parser.add_argument(
        "--lottery", action="store_true", help="a draw between those who cannot be told apart"
    )
    parser.add_argument(
        "--announced", default="", metavar="TEXT", help="where the draw's public seed will be from"
    )
    parser.add_argument("--seed", default="", metavar="S", help="the draw's public seed")


def answer(given: Namespace, teller: Teller) -> int:
    """Rank, tell, draw: 0 done, 1 no calibrated score can be had, 2 wrong usage."""
    refused = _refused(given)
    if refused:
        teller.remark(teller.say(refused))
        return 2
    reviews = read(given.scores, asker=given.asker)
    way: scoring.Way = "calibrated" if given.calibrated else "raw"
    line = Line(fund=given.fund, score=given.line)
    try:
        with teller.progress("shell.rank.progress") as step:
            ranking = scoring.rank(reviews, way=way, line=line, progress=step)
        agreement = scoring.agreement(reviews)
    except Unfit as problem:
        raise Fault(given.scores, problem.reason) from None
    draw = None
    if given.lottery:
        draw = scoring.lottery(ranking, seed=given.seed, announced=given.announced)
    readers = len({review.reviewer for review in reviews if review.score is not None})
    parts = [*_ranking(ranking, readers, teller), teller.reason(agreement.reason)]
    parts += _people(ranking, given) + _draw(draw, teller)
    teller.tell({"ranking": ranking, "agreement": agreement, "lottery": draw}, *parts)
    teller.draw(_drawing(ranking, teller))
    return 1 if given.calibrated and ranking.refusal else 0


def _refused(given: Namespace) -> str:
    if given.lottery and given.fund is None:
        return "shell.rank.needs_fund"
    if (given.seed or given.announced) and not given.lottery:
        return "shell.rank.needs_lottery"
    return ""


def read(path: Path, *, asker: str = "") -> tuple[scoring.Review, ...]:
    """The reviews of a table of scores, or of a call; criteria are brought together.

    Raises Fault.
    """
    source = calls.told("scores", path, asker=asker) if calls.is_call(path) else path
    rows = files.table(source, needed=NEEDED, known=("criterion", "weight"))
    seen: dict[tuple[str, str, str], int] = {}
    marks = []
    for row in rows:
        mark = _mark(row)
        key = (mark.application, mark.reviewer, mark.criterion)
        if key in seen:
            said = " · ".join(part for part in key if part)
            raise row.fault("shell.twice", "reviewer", value=said, first=str(seen[key]))
        seen[key] = row.line
        marks.append(mark)
    return scoring.whole(marks)


def _mark(row: Row) -> Mark:
    names = {"application": row.text("application"), "reviewer": row.text("reviewer")}
    weight = row.number("weight", default=1, most=LARGEST)
    if weight <= 0:
        raise row.fault("scoring.weight", "weight", **names)
    scored = row.has("score") and str(row.cells["score"]).strip()
    score = float(row.number("score", least=-LARGEST, most=LARGEST)) if scored else None
    return Mark(
        **names, criterion=row.text("criterion", default=""), score=score, weight=float(weight)
    )


def _ranking(ranking: Ranking, readers: int, teller: Teller) -> list[Sheet | str]:
    shown = _columns(ranking)
    sheet = Sheet(
        f"shell.rank.title_{ranking.way}",
        [f"shell.rank.{name}" for name in shown],
        [[_cell(name, row, teller) for name in shown] for row in ranking.standings],
        {"files": len(ranking.standings), "reviewers": readers},
    )
    parts: list[Sheet | str] = [sheet]
    if ranking.cut is not None:
        band = sum(row.is_in_tie_band for row in ranking.standings)
        parts.append(teller.say("shell.rank.in_band", band=band, files=len(ranking.standings)))
    if ranking.refusal:
        parts.append(teller.reason(ranking.refusal))
    return parts + [teller.reason(note) for note in ranking.notes]


def _columns(ranking: Ranking) -> list[str]:
    """What the table shows: no column that would stand empty."""
    first = ranking.standings[0]
    shown = ["rank", "application", "raw"]
    shown += ["calibrated"] if first.calibrated is not None else []
    shown += ["interval", "expected"] if first.low is not None else []
    shown += ["chance"] if first.chance is not None else []
    return shown + (["side"] if first.side else [])


def _cell(name: str, row: Standing, teller: Teller) -> object:
    if name == "interval":
        low, high = (_short(end, teller) for end in (row.low, row.high))
        return f"{low} – {high}"
    if name == "chance":
        return reasons.written("chance_share", row.chance, teller.lang)
    if name == "side":
        return teller.say(f"shell.rank.{row.side}") + (" ~" if row.is_in_tie_band else "")
    if name == "expected":
        return round(row.expected_rank or 0.0, 1)
    value = getattr(row, name)
    return _rounded(value) if isinstance(value, float) else value


def _rounded(value: float) -> float:
    """Two decimals, more only for scores so small that these would hide them."""
    return round(value, 2) if abs(value) >= 0.1 or value == 0 else float(f"{value:.2g}")


def _short(value: float | None, teller: Teller) -> str:
    return reasons.written("", _rounded(value or 0.0), teller.lang)


def _people(ranking: Ranking, given: Namespace) -> list[Sheet | str]:
    """The reviewers, where somebody asks for the calibrated score or for reasons."""
    parts: list[Sheet | str] = []
    if ranking.reviewers and (given.calibrated or given.explain):
        heads = _heads(("reviewer", "readings", "severity", "error", "is_adjusted"))
        parts.append(Sheet("shell.rank.reviewers", heads, [_person(p) for p in ranking.reviewers]))
    if ranking.reviews and given.explain:
        heads = _heads(("application", "score", "counts_as", "reason"))
        said = [
            (each.application, each.score, _rounded(each.adjusted), each.reason)
            for each in ranking.reviews
        ]
        parts.append(Sheet("shell.rank.reviews", heads, said))
    return parts


def _person(each: Reviewer) -> Sequence[object]:
    severity, error = _rounded(each.severity), _rounded(each.error)
    return each.reviewer, each.readings, severity, error, each.is_adjusted


def _heads(names: Sequence[str]) -> list[str]:
    return [f"shell.rank.{name}" for name in names]


def _draw(draw: Lottery | None, teller: Teller) -> list[Sheet | str]:
    if draw is None:
        return []
    if not draw.pool:
        return [teller.say("shell.rank.nothing_to_draw")]
    pool = {each.application: each for each in draw.tickets}
    names = tuple(pool) or draw.pool
    heads = ["application"] + (["ticket", "drawn"] if pool else [])
    rows = [(pool[name].ticket[:16], pool[name].is_drawn) if pool else () for name in names]
    sheet = Sheet(
        "shell.rank.lottery",
        _heads(heads),
        [(name, *row) for name, row in zip(names, rows, strict=True)],
        {"places": draw.places, "pool": len(draw.pool)},
    )
    said = [teller.say("shell.rank.commitment", commitment=draw.commitment)]
    said += [teller.say("shell.rank.honest")]
    said += [] if pool else [teller.say("shell.rank.await_seed")]
    return [sheet, *said]


def _drawing(ranking: Ranking, teller: Teller) -> str:
    """A dot a file with its interval, and the line."""
    marks = [
        Dot(
            row.application,
            row.raw if ranking.way == "raw" else row.calibrated or 0.0,
            row.low,
            row.high,
            said="" if row.chance is None else str(_cell("chance", row, teller)),
            is_special=row.is_in_tie_band,
        )
        for row in ranking.standings
    ]
    return dots(teller.say("shell.rank.plot"), marks, line=ranking.cut)
