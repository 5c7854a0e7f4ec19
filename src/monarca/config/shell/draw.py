"""`monarca draw POOL RULES`: a panel by lottery under quotas, with everybody's chance."""

from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from monarca.config.shell.drawing import Mark, bars
from monarca.config.shell.files import table
from monarca.config.shell.pools import LARGEST, TicketFile, read_task, read_tickets, write_tickets
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import whole
from monarca.engines import sortition
from monarca.engines.reasons import Value
from monarca.kit import formats

EXAMPLE = """\
A complete example

pool.csv (comma, semicolon or tab; also .json): one row a person. Only the columns that the
rules name count; others are read past.
  id,gender,region,address
  P01,woman,north,
  P02,man,north,12 Elm Street
  P03,woman,south,12 Elm Street
  P04,man,south,
  P05,woman,south,
  P06,man,north,

rules.toml: a table for each answer, [feature.answer], with min and max (both may be left out).
  one_per_address = true
  [gender.woman]
  min = 1
  max = 2
  [gender.man]
  min = 1
  max = 2
  [region.north]
  min = 1

members.csv (for --replace): who was drawn before, and whether they stay or declined.
  id,status
  P01,stays
  P04,stays
  P06,declined

  monarca draw pool.csv rules.toml --seats 3 --out table.json
  (publish the commitment it prints; wait for a number nobody could know, such as a lottery's)
  monarca draw pool.csv rules.toml --seats 3 --seed "2024-05-03 04 17 23" --out table.json
  monarca draw pool.csv rules.toml --seats 3 --check table.json
  monarca draw pool.csv rules.toml --seats 3 --seed "2024-05-10 11 31" --replace members.csv

--check exits with 1 where any ticket breaks a quota, the table is not the one that was committed
to, or the seed draws another ticket. Without a panel that keeps every quota: 1, and the smallest
change of the quotas.
"""

SHOWN = 40
"""Levels of chance, or findings, shown to people; --json has everybody and everything."""
KINDS = 3


def arguments(parser: ArgumentParser) -> None:
    """What the command can be told."""
    parser.add_argument("pool", type=Path, metavar="POOL", help="the people: id and answers")
    parser.add_argument("rules", type=Path, metavar="RULES", help="the quotas (TOML or JSON)")
    parser.add_argument(
        "--seats", type=whole(most=LARGEST), required=True, metavar="N", help="seats of the panel"
    )
    parser.add_argument("--seed", metavar="S", help="the public number that draws the ticket")
    parser.add_argument(
        "--method",
        choices=sortition.METHODS,
        default="leximin",
        help="leximin (the default), or only the least chance as large as possible",
    )
    parser.add_argument("--replace", type=Path, metavar="MEMBERS", help="fill the empty seats")
    parser.add_argument("--check", type=Path, metavar="FILE", help="check a table of tickets")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the table of tickets")


def answer(given: Namespace, teller: Teller) -> int:
    """Draw, replace or check; 0 done, 1 where it cannot be done or the check finds something."""
    task, remarks = read_task(given.pool, given.rules, seats=given.seats)
    code = _answer(given, task, teller)
    for remark in remarks:
        teller.remark(teller.reason(remark))
    return code


def _answer(given: Namespace, task: sortition.Task, teller: Teller) -> int:
    try:
        relaxation = None
        if given.replace:
            task, relaxation = _vacancy(given.replace, task)
        if given.check:
            return _check(given.check, task, given.seed, teller)
        return _draw(given, task, relaxation, teller)
    except sortition.NoPanelIsPossible as problem:
        _tell_impossible(problem, teller)
    except sortition.CannotDraw as problem:
        teller.tell({"possible": False, "reason": problem.reason}, teller.reason(problem.reason))
    return 1


def _vacancy(
    path: Path, task: sortition.Task
) -> tuple[sortition.Task, sortition.Relaxation | None]:
    rows = table(path, needed=("id", "status"), key="id")
    known = {person.id for person in task.people}
    where: dict[str, list[str]] = {"stays": [], "declined": []}
    for row in rows:
        if row.text("id") not in known:
            raise row.fault("sortition.not_in_pool", "id", person=row.text("id"))
        where[row.one_of("status", where)].append(row.text("id"))
    empty = sortition.vacancy(task, staying=where["stays"], declined=where["declined"])
    return empty.task, empty.relaxation


def _draw(
    given: Namespace,
    task: sortition.Task,
    relaxation: sortition.Relaxation | None,
    teller: Teller,
) -> int:
    with teller.progress("shell.draw.working") as step:
        chances = sortition.fair_chances(task, method=given.method, progress=step)
        tickets = sortition.table(chances)
    drawn = None if given.seed is None else sortition.draw(tickets, seed=given.seed)
    if given.out:
        write_tickets(given.out, TicketFile(tickets, drawn, tickets.commitment))
    parts: list[Sheet | str] = []
    if relaxation:
        values = {"quotas": len(relaxation.changes), "total": relaxation.total}
        parts += [teller.say("shell.draw.broken", **values), _changes(relaxation)]
    title = "replacements" if given.replace else "panel"
    parts += _panel(title, task, tickets, drawn, teller)
    parts += _chances(chances, tickets, teller)
    teller.tell(_data(chances, tickets, drawn, relaxation), *parts)
    teller.draw(_plot(chances, teller))
    return 0


def _data(
    chances: sortition.Chances,
    tickets: sortition.Table,
    drawn: sortition.Drawn | None,
    relaxation: sortition.Relaxation | None,
) -> Mapping[str, object]:
    held, task = tickets.held(), chances.task
    why = {person: each for each in chances.kinds for home in each.kind.homes for person in home}
    return {
        "possible": True,
        "method": chances.method,
        "seats": task.seats,
        "least_chance": chances.least,
        "proved_ceiling": chances.ceiling,
        "gap": chances.gap,
        "task": tickets.task,
        "commitment": tickets.commitment,
        "tickets": len(tickets.tickets),
        "largest_difference": tickets.largest_difference,
        "seed": drawn.seed if drawn else None,
        "ticket": drawn.number if drawn else None,
        "members": drawn.members if drawn else None,
        "changes": relaxation.changes if relaxation else (),
        "people": [
            {"id": id_, "chance": why[id_].chance, "tickets": held[id_], "reason": why[id_].reason}
            for id_ in sorted(why)
        ],
    }


def _panel(
    title: str,
    task: sortition.Task,
    tickets: sortition.Table,
    drawn: sortition.Drawn | None,
    teller: Teller,
) -> list[Sheet | str]:
    if drawn is None:
        return [_quotas(task, ()), teller.say("shell.draw.no_seed")]
    people = {person.id: person for person in task.people}
    rows = [
        (each, _said(people[each].answers, task), _percent(tickets.chances[each], teller))
        for each in drawn.members
    ]
    values: dict[str, Value] = {"number": drawn.number, "seed": drawn.seed}
    values["tickets"] = len(tickets.tickets)
    heads = ("shell.draw.person", "shell.draw.answers", "shell.draw.chance")
    members = [people[each] for each in drawn.members]
    return [Sheet(f"shell.draw.{title}", heads, rows, values), _quotas(task, members)]


def _quotas(task: sortition.Task, members: Sequence[sortition.Person]) -> Sheet:
    pool, seated = sortition.counted(task.people), sortition.counted(members)
    names = ["feature", "value", "least", "most", "pool", *(["drawn"] if members else [])]
    rows = []
    for each in task.quotas:
        answer = (each.feature, each.value)
        row = [*answer, each.least, each.most, pool[answer], seated[answer]]
        rows.append(row[: len(names)])
    return Sheet("shell.draw.quotas", [f"shell.draw.{name}" for name in names], rows)


def _chances(
    chances: sortition.Chances, tickets: sortition.Table, teller: Teller
) -> list[Sheet | str]:
    rows = _levels(chances, tickets, teller)
    heads = [f"shell.draw.{each}" for each in ("chance", "people", "tickets", "why", "answers")]
    title = {"method": chances.method}
    parts: list[Sheet | str] = [Sheet("shell.draw.chances", heads, rows[:SHOWN], title)]
    if len(rows) > SHOWN:
        parts.append(teller.say("shell.draw.more_levels", levels=len(rows) - SHOWN))
    least = {"least_share": chances.least, "ceiling_share": chances.ceiling}
    off = {"tickets": len(tickets.tickets), "difference": tickets.largest_difference}
    return [
        *parts,
        teller.say("shell.draw.least_chance", **least),
        teller.say("shell.draw.rounding", **off),
        teller.say("shell.draw.commitment", commitment=tickets.commitment),
    ]


def _levels(
    chances: sortition.Chances, tickets: sortition.Table, teller: Teller
) -> list[tuple[object, ...]]:
    """A row for each chance with its reason: its people, their tickets, some of their kinds."""
    held = tickets.held()
    levels: dict[tuple[str, str], list[sortition.Chance]] = {}
    for each in sorted(chances.kinds, key=lambda each: each.chance):
        key = (_percent(each.chance, teller), teller.reason(each.reason))
        levels.setdefault(key, []).append(each)
    rows: list[tuple[object, ...]] = []
    for (chance, why), found in levels.items():
        has = [held[person] for each in found for home in each.kind.homes for person in home]
        span = str(min(has)) if min(has) == max(has) else f"{min(has)}–{max(has)}"
        said = dict.fromkeys(_said(dict(each.kind.answers), chances.task) for each in found)
        some = [*list(said)[:KINDS], *(["…"] if len(said) > KINDS else [])]
        rows.append((chance, len(has), span, why, "; ".join(some)))
    return rows


def _check(path: Path, task: sortition.Task, seed: str | None, teller: Teller) -> int:
    kept = read_tickets(path)
    drawn = kept.drawn
    if seed is not None and kept.table.tickets:
        drawn = replace(drawn, seed=seed) if drawn else sortition.draw(kept.table, seed=seed)
    found = sortition.check(kept.table, task, drawn=drawn, committed=kept.commitment)
    data = {"holds": not found, "findings": found, "commitment": kept.table.commitment}
    if found:
        parts = [teller.say("shell.draw.not_checked", findings=len(found))]
        parts += [teller.reason(each) for each in found[:SHOWN]]
        if len(found) > SHOWN:
            parts.append(teller.say("shell.draw.more_findings", findings=len(found) - SHOWN))
        teller.tell(data, *parts)
        return 1
    fair: dict[str, Value] = {
        "fewest": _fewest(kept.table, task),
        "ceiling_share": sortition.ceiling(task),
    }
    size = {"tickets": len(kept.table.tickets), "seats": task.seats}
    parts = [teller.say("shell.draw.checked", **size)]
    if drawn:
        values: dict[str, Value] = {"seed": drawn.seed, "number": drawn.number}
        parts.append(teller.say("shell.draw.checked_draw", **values))
    parts.append(teller.say("shell.draw.fewest_tickets", **fair))
    parts.append(teller.say("shell.draw.commitment", commitment=kept.table.commitment))
    teller.tell({**data, **fair, "drawn": drawn}, *parts)
    return 0


def _fewest(kept: sortition.Table, task: sortition.Task) -> int:
    named = Counter(person for ticket in kept.tickets for person in ticket)
    return min(named[person.id] for person in task.people)


def _tell_impossible(problem: sortition.NoPanelIsPossible, teller: Teller) -> None:
    relaxation = problem.relaxation
    data = {
        "possible": False,
        "reason": problem.reason,
        "short": relaxation.short,
        "clash": relaxation.clash,
        "changes": relaxation.changes,
    }
    heads = tuple(f"shell.draw.{each}" for each in ("feature", "value", "least", "most"))
    rows = [(each.feature, each.value, each.least, each.most) for each in relaxation.clash]
    parts: list[Sheet | str] = [teller.reason(problem.reason)]
    parts += [teller.reason(each) for each in relaxation.short]
    parts += [Sheet("shell.draw.clash", heads, rows), _changes(relaxation)]
    teller.tell(data, *parts)


def _changes(relaxation: sortition.Relaxation) -> Sheet:
    names = ("feature", "value", "pool", "least", "most", "instead_least", "instead_most")
    rows = [
        (
            each.quota.feature,
            each.quota.value,
            each.people,
            each.quota.least,
            each.quota.most,
            each.instead.least,
            each.instead.most,
        )
        for each in relaxation.changes
    ]
    return Sheet("shell.draw.changes", tuple(f"shell.draw.{name}" for name in names), rows)


def _plot(chances: sortition.Chances, teller: Teller) -> str:
    people: dict[str, tuple[float, int]] = {}
    for each in sorted(chances.kinds, key=lambda each: each.chance):
        said = _percent(each.chance, teller)
        people[said] = (each.chance, people.get(said, (0.0, 0))[1] + each.kind.size)
    word = teller.say("shell.draw.people")
    even = chances.task.seats / len(chances.task.people)
    marks = [
        Mark(f"{word}: {size}", chance, said=said, is_special=chance < even / 2)
        for said, (chance, size) in people.items()
    ]
    values = {"people": len(chances.task.people), "seats": chances.task.seats}
    return bars(teller.say("shell.draw.plot", **values), marks)


def _said(answers: Mapping[str, str], task: sortition.Task) -> str:
    """Answers in the order of the rules."""
    features = dict.fromkeys(quota.feature for quota in task.quotas)
    return ", ".join(answers[name] for name in features if answers.get(name))


def _percent(share: float, teller: Teller) -> str:
    return formats.percent(Decimal(str(share)), teller.lang, 2)
