"""`monarca assign`: who reads what, why, with the proof; or the smallest thing to change."""

import csv
import io
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from monarca.config.shell import calls
from monarca.config.shell.committees import Tables, exact, read
from monarca.config.shell.drawing import Mark, dots
from monarca.config.shell.files import Fault, brief
from monarca.config.shell.showing import Sheet, Teller
from monarca.engines import matching
from monarca.engines.matching import Place, Plan, Problem, Refused, Relaxation
from monarca.engines.reasons import Reason

SHOWN = 40
"""Sentences of one sort in a table of ways out; `--json` has them all."""

DRAWN = 60
"""Applications in a drawing: the worst served."""

EXAMPLE = """\
a complete example; the file applications.csv:

  application,languages,topics,needs
  CF-01,es,water; women,
  CF-02,es; nah,land; women,nahuatl
  CF-03,es,youth; water,gba

the file reviewers.csv:

  reviewer,languages,topics,past_topics,skills,least,most
  ana,es; nah,land; women,water,nahuatl; gba,1,3
  bruno,es,water; youth,,,1,3
  carla,es; nah,women,land,gba; nahuatl,1,3

the file pairs.csv (optional):

  application,reviewer,affinity,conflict
  CF-01,carla,0.9,
  CF-03,bruno,,yes

and the command lines:

  monarca assign applications.csv reviewers.csv --pairs pairs.csv --reviewers-each 2 --out plan.csv
  monarca assign applications.csv reviewers.csv --reviewers-each 2 --keep plan.csv
  monarca assign applications.csv reviewers.csv --reviewers-each 1 --cap 0.8 --seed 2026-03-01

of a call: monarca assign CFLI-MX-2024 --reviewers-each 2 --dry-run --as manager@example.org
(without --dry-run the files are given to their reviewers at once, by the act of the pages).

columns of applications: application (needed, unique); title; languages (a reviewer must read all);
topics (the first is the main one and counts twice); needs (skills: one reviewer for each, at most
four); reviewers (how many read it, where that differs). Of reviewers: reviewer (needed, unique);
name; languages; topics (declared); past_topics (of files read before, half as much); skills; least
(a wish); most (a limit; blank: an even share and one more). Of pairs: application, reviewer,
affinity (0 to 1,000, three decimals; blank: from topics), conflict (yes: never), language_waived
(yes: in translation). Several words in a cell are divided by semicolons.

Affinity from topics lies between 0 and 1: points met of the points possible, a declared topic two,
a past one one, the main topic doubled.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca assign`."""
    parser.add_argument("applications", type=Path, metavar="APPLICATIONS.csv", help="or a call")
    parser.add_argument("reviewers", type=Path, metavar="REVIEWERS.csv", nargs="?")
    parser.add_argument("--pairs", type=Path, metavar="PAIRS.csv", help="affinities and conflicts")
    parser.add_argument(
        "--listed-only", action="store_true", help="only pairs in PAIRS.csv may be given"
    )
    parser.add_argument(
        "--reviewers-each", default="3", metavar="N", help="reviewers an application (default 3)"
    )
    goal = parser.add_mutually_exclusive_group()
    goal.add_argument(
        "--fair", action="store_true", help="highest floor, then total (this is the default)"
    )
    goal.add_argument("--total", action="store_true", help="largest total affinity")
    goal.add_argument(
        "--cap", metavar="SHARE", help="by lot: no pair has a chance above this, such as 0.8"
    )
    parser.add_argument("--seed", default="", help="what the lot is drawn from; publish it")
    parser.add_argument(
        "--keep", type=Path, metavar="PLAN.csv", help="keep as many pairs of this plan as possible"
    )
    parser.add_argument("--out", type=Path, metavar="PLAN.csv", help="write the plan to a file")
    parser.add_argument(
        "--dry-run", action="store_true", help="of a call: show the plan and give nothing yet"
    )


def answer(given: Namespace, teller: Teller) -> int:
    """Read the files, find the plan, tell it; 1 where no plan meets all wishes."""
    try:
        each, cap = _each(given.reviewers_each), _cap(given.cap, given.seed)
    except Refused as refused:
        teller.remark(teller.reason(refused.reason))
        return 2
    is_call = calls.is_call(given.applications)
    if wrong := _misused(given, is_call=is_call):
        teller.remark(teller.say(wrong))
        return 2
    problem = _problem(given, each, is_call=is_call)
    try:
        found = _found(problem, given, cap, teller)
    except Refused as refused:
        teller.remark(teller.reason(refused.reason))
        if teller.as_json:
            teller.tell({"plan": None, "reason": refused.reason})
        return 1
    if isinstance(found, Relaxation):
        teller.tell(_no_plan(found), *_ways(found, teller))
        return 1
    if given.out:
        _write(given.out, found, teller)
    teller.tell(_plan(found), *_parts(found, teller))
    teller.draw(_drawn(found, teller))
    return _give(found, given, teller) if is_call and not given.dry_run else 0


def _problem(given: Namespace, each: int, *, is_call: bool) -> Problem:
    """The problem of the files, or of a call. Raises Fault."""
    if is_call:
        found = calls.problem(given.applications, each=each, asker=given.asker)
        return replace(found, is_listed_only=given.listed_only)
    tables = Tables(given.applications, given.reviewers, given.pairs, given.keep)
    return read(tables, each=each, is_listed_only=given.listed_only)


def _misused(given: Namespace, *, is_call: bool) -> str:
    """The code of what is wrong with the words, or nothing."""
    if not is_call:
        return "" if given.reviewers else "shell.assign.two_tables"
    if given.reviewers or given.pairs or given.keep:
        return "shell.assign.call_alone"
    return "" if given.asker or given.dry_run else "shell.assign.who"


def _give(plan: Plan, given: Namespace, teller: Teller) -> int:
    """Give the files of a call to their reviewers, by the act that people use."""
    pairs = [(place.application, place.reviewer) for place in plan.places]
    try:
        made = calls.act("assign", given.applications, pairs, asker=given.asker)
    except calls.NotDone as refused:
        teller.remark(teller.reason(refused.reason))
        return 1
    teller.remark(teller.say("shell.assign.given", count=made))
    return 0


def _found(
    problem: Problem, given: Namespace, cap: int | None, teller: Teller
) -> Plan | Relaxation:
    with teller.progress("shell.assign.working") as step:
        if cap is not None:
            return matching.draw(problem, cap=cap, seed=given.seed)
        return matching.assign(problem, is_fair=not given.total, progress=step)


def _each(said: str) -> int:
    if not said.isdecimal() or len(said) > 4 or not 1 <= int(said) <= 1000:
        raise Refused("shell.assign.no_number", value=brief(said), least="1")
    return int(said)


def _cap(said: str | None, seed: str) -> int | None:
    """A share as thousandths."""
    if said is None:
        return None
    if not seed:
        raise Refused("shell.assign.no_seed")
    try:
        thousandths = Decimal(said) * matching.SCALE
        is_sound = 0 < thousandths <= matching.SCALE and thousandths == int(thousandths)
    except (ArithmeticError, ValueError):
        is_sound = False
    if not is_sound:
        raise Refused("shell.assign.bad_cap", value=brief(said))
    return int(thousandths)


def _parts(plan: Plan, teller: Teller) -> Iterable[Sheet | str]:
    rows = [
        (each.application, each.reviewer, exact(each.affinity), _why(each.reasons, teller))
        for each in plan.places
    ]
    heads = ("application", "reviewer", "score", "reason")
    yield Sheet("shell.assign.title", [f"shell.assign.{head}" for head in heads], rows)
    if plan.dropped:
        gone = [(each.application, each.reviewer, each.reason) for each in plan.dropped]
        titles = [f"shell.assign.{head}" for head in ("application", "reviewer", "reason")]
        yield Sheet("shell.assign.dropped_title", titles, gone)
    yield "\n".join(teller.reason(each) for each in plan.said)


def _why(reasons: Iterable[Reason], teller: Teller) -> str:
    return " ".join(teller.reason(each) for each in reasons)


def _ways(found: Relaxation, teller: Teller) -> Iterable[Sheet | str]:
    short = [teller.reason(each) for each in found.short[:SHOWN]]
    if len(found.short) > SHOWN:
        short.append(teller.say("shell.assign.more", more=len(found.short) - SHOWN))
    yield "\n".join((teller.say("shell.assign.none"), *short))
    rows: list[tuple[object, ...]] = []
    for way in found.ways:
        kind = teller.say(f"shell.assign.{way.kind}")
        rows += [(kind, way.size, change.reason) for change in way.changes[:SHOWN]]
        if len(way.changes) > SHOWN:
            more = teller.say("shell.assign.more", more=len(way.changes) - SHOWN)
            rows.append((kind, way.size, more))
    heads = [f"shell.assign.{head}" for head in ("way", "size", "change")]
    yield Sheet("shell.assign.ways_title", heads, rows)
    if not found.is_complete:
        yield teller.say("shell.assign.likeliest")


def _place(each: Place) -> dict[str, object]:
    return {
        "application": each.application,
        "reviewer": each.reviewer,
        "affinity": exact(each.affinity),
        "need": each.need,
        "kept": each.is_kept,
        "chance": None if each.chance is None else exact(each.chance),
        "reasons": each.reasons,
    }


def _plan(plan: Plan) -> dict[str, object]:
    """The plan as JSON has it: numbers as people write them, not in thousandths."""
    proof = plan.proof
    sums = ("floor", "ceiling", "bound", "total", "most")
    return {
        "plan": [_place(each) for each in plan.places],
        "applications": [
            {
                "application": each.application,
                "score": exact(each.score),
                "best": exact(each.best),
                "eligible": each.eligible,
            }
            for each in plan.served
        ],
        "reviewers": plan.loads,
        "dropped": plan.dropped,
        "proof": {
            **{name: exact(getattr(proof, name)) for name in sums},
            "is_proved": proof.is_proved,
            "level": proof.level,
        },
        "said": plan.said,
        "is_cut": plan.is_cut,
        "cap": None if plan.cap is None else exact(plan.cap),
        "seed": plan.seed,
        "chances": [
            {"application": file, "reviewer": person, "chance": exact(chance)}
            for file, person, chance in plan.chances
        ],
    }


def _no_plan(found: Relaxation) -> dict[str, object]:
    return {
        "plan": None,
        "short": found.short,
        "ways": found.ways,
        "is_complete": found.is_complete,
    }


def _write(path: Path, plan: Plan, teller: Teller) -> None:
    """The plan as a table that `--keep` reads again. Raises Fault."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(("application", "reviewer", "affinity", "need", "reason"))
    for each in plan.places:
        why = _why(each.reasons, teller)
        cells = (each.application, each.reviewer, exact(each.affinity), each.need, why)
        writer.writerow(cells)
    try:
        path.write_text(page.getvalue(), encoding="utf-8")
    except OSError:
        raise Fault(path, Reason("shell.assign.cannot_write")) from None


def _drawn(plan: Plan, teller: Teller) -> str:
    """What the worst served get, each with its own best as the end of a line."""
    worst = sorted(plan.served, key=lambda each: (each.score, each.application))[:DRAWN]
    scale = matching.SCALE
    marks = [
        Mark(
            each.application,
            each.score / scale,
            each.score / scale,
            each.best / scale,
            said=str(exact(each.score)),
            is_special=each.score < each.best,
        )
        for each in worst
    ]
    line = plan.proof.ceiling / scale if marks else None
    return dots(teller.say("shell.assign.plot"), marks, line=line)
