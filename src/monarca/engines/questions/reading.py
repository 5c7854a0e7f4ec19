"""From the fields of a posted form to the JSON value of an answer, losing nothing that was typed.

A field is named after its question: `PREFIX`; a place has `PREFIX-state`, `-municipality` and
`-locality`; people have `PREFIX-direct-women` and so on; a repeat has one `PREFIX-ids` a row, and
`PREFIX-ROW-FIELD` (`PREFIX-ROW-remove` drops the row). A date may be three fields: `PREFIX-day`,
`PREFIX-month`, `PREFIX-year`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from monarca.engines.questions import leaves
from monarca.engines.questions.problem import Json, Problem, Question, is_blank
from monarca.engines.reasons import Reason

type Posted = Mapping[str, Sequence[str]]
type Answered = tuple[Json, tuple[Problem, ...]]

SIDES = ("direct", "indirect")
GROUPS = ("women", "men", "girls", "boys", "non_binary")
PLACE = ("state", "municipality", "locality")
ROW = re.compile(r"[A-Za-z0-9_]{1,20}")
MOST_ROWS = 200


def parse(question: Question, posted: Posted, prefix: str, *, language: str = "es") -> Answered:
    """The value posted under `prefix` and what was wrong with its shape.

    What cannot be read comes back as {"raw": "as typed"}, so that it can be saved, shown again and
    mended. Nothing posted is None. Files are not read here. `language` orders day and month.
    """
    kind = question["kind"]
    if kind == "choices":
        typed = (_clean(code) for code in posted.get(prefix, ()))
        chosen = [code for code in typed if code.strip()]
        return (list(dict.fromkeys(chosen)) or None), ()
    if kind == "place":
        parts = {part: _first(posted, f"{prefix}-{part}").strip() for part in PLACE}
        return (parts if any(parts.values()) else None), ()
    if kind == "people":
        return _people(posted, prefix, language)
    if kind == "repeat":
        return _repeat(question, posted, prefix, language)
    if kind == "file":
        return None, ()
    return _leaf(kind, _typed(kind, posted, prefix), language)


def next_row(rows: Json) -> str:
    """An id for one more row: "r" and the next number after the rows there are."""
    numbers = [0]
    for row in rows if isinstance(rows, list) else ():
        found = (
            re.fullmatch(r"r(\d{1,9})", str(row.get("id"))) if isinstance(row, Mapping) else None
        )
        numbers.append(int(found[1]) if found else 0)
    return f"r{max(numbers) + 1}"


def _leaf(kind: str, text: str, language: str) -> Answered:
    value, reason = leaves.read(kind, text, language=language)
    if reason is None:
        return value, ()
    return {"raw": _clean(text)}, (Problem("", reason),)


def _first(posted: Posted, name: str) -> str:
    values = posted.get(name, ())
    return _clean(values[0]) if values else ""


def _clean(text: str) -> str:
    """Without the one sign that no database can hold in a text."""
    return text.replace("\x00", "")


def _typed(kind: str, posted: Posted, prefix: str) -> str:
    """One text, also for a date that was asked as three fields; a ticked box beats a hidden one."""
    if kind == "date" and not posted.get(prefix):
        parts = [_first(posted, f"{prefix}-{part}").strip() for part in ("year", "month", "day")]
        return "-".join(parts) if any(parts) else ""
    if kind == "declaration" and posted.get(prefix):
        return posted[prefix][-1]
    return _first(posted, prefix)


def _people(posted: Posted, prefix: str, language: str) -> Answered:
    value: dict[str, dict[str, Json]] = {}
    problems: list[Problem] = []
    for side in SIDES:
        for group in GROUPS:
            count, wrong = _leaf("number", _first(posted, f"{prefix}-{side}-{group}"), language)
            problems += [each.under(side, group) for each in wrong]
            if count is not None:
                value.setdefault(side, {})[group] = count
    return value or None, tuple(problems)


def _repeat(question: Question, posted: Posted, prefix: str, language: str) -> Answered:
    rows: list[Json] = []
    problems: list[Problem] = []
    for row in _rows(posted, prefix):
        value: dict[str, Json] = {"id": row}
        found: list[Problem] = []
        for field in question.get("fields", ()):
            name = f"{prefix}-{row}-{field['key']}"
            value[field["key"]], wrong = parse(field, posted, name, language=language)
            found += [each.under(row, field["key"]) for each in wrong]
        if not is_blank(value):
            rows.append(value)
            problems += found
    return rows or None, tuple(problems)


def _rows(posted: Posted, prefix: str) -> Iterator[str]:
    """The rows in the order of the page; rows named only by their fields come last."""
    named = [name.removeprefix(f"{prefix}-") for name in posted if name.startswith(f"{prefix}-")]
    fields = [rest.split("-")[0] for rest in named if "-" in rest]
    ids = dict.fromkeys([*posted.get(f"{prefix}-ids", ()), *fields])
    kept = [row for row in ids if ROW.fullmatch(row) and f"{prefix}-{row}-remove" not in posted]
    yield from kept[:MOST_ROWS]


def reread(kind: str, raw: str) -> Reason | None:
    """Why a raw text cannot be read, however its days and months are ordered; None if it can."""
    return leaves.read(kind, raw, language="en")[1]
