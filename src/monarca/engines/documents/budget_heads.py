"""The head rows of a budget: which column is which, in which currency, months as columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monarca.engines.documents.budget_names import CLEAR, is_group, named_field
from monarca.engines.documents.lexicon import Lexicon, paraphrases, wording
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.values import MONTHS, currency_of
from monarca.engines.documents.words import plain

SEARCHED = 30
SEARCHED_FAR = 120
DEEP = 3
SURE = 4.0
CATEGORY = Lexicon(
    (code, one)
    for table in (wording()["budget"]["categories"], paraphrases()["categories"])
    for code, many in table.items()
    for one in many
)
MONTH = re.compile(
    rf"^(?:{MONTHS})\b\.?(?:[\s/-]*\d{{2,4}})?$|^(?:mes|month|mois|m)\s?\d{{1,2}}$", re.IGNORECASE
)
FIGURE = re.compile(r"^\W*\d[\d.,' ]*\W*$")
DOLLARS = re.compile(
    r"\bCAD\b|\bCDN\b|d[oó]lar(?:es)? canad|dollars? canad|canadian dollar"
    r"|\$ ?CA[DN]?\b|\bCA?[DN]? ?\$",
    re.IGNORECASE,
)
SUBTOTAL = re.compile(
    r"^(?:sub ?total|sous total)\b|\b(?:sin|antes (?:de|del)|mas) (?:iva|impuestos?)\b"
    r"|\b(?:hors|avant|sans) (?:taxes?|tva)\b|\bht\b"
    r"|\b(?:before|without|excluding|excl|plus) (?:tax(?:es)?|vat)\b"
)
MONEY = ("unit_cents", "total_cents", "fund_cents", "own_cents", "in_kind_cents", "other_cents")


@dataclass(frozen=True, slots=True)
class Payer:
    """A column of what somebody pays: its share of the line, and the name its head gives or ""."""

    column: int
    field: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Factor:
    """A column that multiplies quantity by unit cost, too; `is_percent`: 50 there means a half."""

    column: int
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """Columns by field; `first` and `last` row of the head; `months` are summed to a total.

    `fund_only`: the sheet has a single money column and says it is asked of the fund; `is_named`:
    the heads of the columns name the currency. `payers`: more columns of what somebody pays, and
    the names that heads give; `factors`: columns that multiply quantity by unit cost, too; `taxes`:
    columns of taxes that the total contains.
    """

    first: int
    last: int
    columns: Mapping[str, int]
    months: tuple[int, ...]
    currency: str
    width: int
    score: float
    fund_only: bool = False
    is_named: bool = False
    payers: tuple[Payer, ...] = ()
    factors: tuple[Factor, ...] = ()
    taxes: tuple[int, ...] = ()

    @property
    def money(self) -> tuple[str, ...]:
        return tuple(name for name in MONEY if name in self.columns)


def _texts(row: Sequence[Value]) -> list[str]:
    return [one if isinstance(one, str) and len(one) < 120 else "" for one in row]


def _stacked(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """A head of several rows: a merged cell above counts for every named cell under it.

    Of each column all its words together, then those of each row, the lowest first; a cell that
    only says "sources of funds" over several others adds nothing to them.
    """
    deep = len(rows)
    above = [""] * deep
    found: list[tuple[str, ...]] = []
    for column in range(max(map(len, rows))):
        own = [row[column] if column < len(row) else "" for row in rows]
        for level in range(deep):
            is_new = bool(own[level]) or not any(own[level:])
            above[level] = own[level] if is_new else above[level]
            if own[level]:
                above[level + 1 :] = [""] * (deep - level - 1)
        words = [one for level, one in enumerate(above) if one and not _idle(above, level)]
        found.append((" ".join(words), above[-1], *reversed(words[:-1])))
    return found


def _idle(above: Sequence[str], level: int) -> bool:
    return any(above[level + 1 :]) and is_group(above[level])


type Chosen = dict[str, tuple[float, int, str | None]]


def _columns(heads: Sequence[Sequence[str]]) -> tuple[dict[str, int], list[int], float, set[str]]:
    """Fields, months, strength and named currencies of one head row (or several)."""
    months = [at for at, texts in enumerate(heads) if any(map(_is_month, texts))]
    others = [at for at in range(len(heads)) if at not in months]
    chosen: Chosen = {}
    _choose(chosen, heads, {at: named_field(heads[at]) for at in others})
    taken = {one[1] for one in chosen.values()}
    alone = {at: named_field(heads[at][1:2]) for at in others if at not in taken}
    fitting = {at: one for at, one in alone.items() if one[1] >= CLEAR and one[0] not in chosen}
    _choose(chosen, heads, fitting)
    currencies = {one[2] for one in chosen.values() if one[2]}
    strength = sum(one[0] for one in chosen.values())
    return {name: one[1] for name, one in chosen.items()}, months, strength, currencies


def _is_month(text: str) -> bool:
    return bool(text) and MONTH.match(plain(text)) is not None


def _choose(
    chosen: Chosen, heads: Sequence[Sequence[str]], named: Mapping[int, tuple[str, float]]
) -> None:
    """Of several columns that mean one field, the one that says it best."""
    for at, (name, score) in named.items():
        if not name or name == "skip":
            continue
        texts = heads[at]
        currency = spoken(" ".join(texts)) if name in MONEY else None
        before = chosen.get(name)
        taxed = before is not None and _before_tax(heads[before[1]]) and not _before_tax(texts)
        if before is None or taxed or _better((score, currency), (before[0], before[2])):
            chosen[name] = (score, at, currency)


def _before_tax(texts: Sequence[str]) -> bool:
    """A subtotal; where a total stands beside it, the total is what the line costs."""
    return SUBTOTAL.search(plain(texts[0])) is not None


def _better(new: tuple[float, str | None], old: tuple[float, str | None]) -> bool:
    """Local currency before its equivalent in Canadian dollars, then the surer words."""
    if new[1] != old[1] and {new[1], old[1]} <= {"MXN", "CAD", None}:
        order = {"MXN": 2, None: 1, "CAD": 0}
        return order[new[1]] > order[old[1]]
    return new[0] > old[0] + 0.02


def find_head(grid: Grid, name: str = "") -> Head | None:
    """The likeliest head; None when no row looks like one.

    It is looked for in the first rows, and further down where those hold none or a faint one.
    """
    best: Head | None = None
    texts = [_texts(row) for row in grid[: SEARCHED_FAR + DEEP]]
    for row in range(min(SEARCHED_FAR, len(grid))):
        if row >= SEARCHED and best is not None and best.score >= SURE:
            break
        if not any(texts[row]):
            continue
        found = _head(grid, (row, row), [(text,) for text in texts[row]], name)
        if found is not None and (best is None or _clearer(found, best)):
            best = found
        for last in range(row + 1, min(row + DEEP, len(texts))):
            if sum(map(bool, texts[last])) < 2 or _has_numbers(grid[last]):
                break
            both = _head(grid, (row, last), _stacked(texts[row : last + 1]), name)
            if both is not None and (best is None or both.score > best.score + 0.9):
                best = both
    return best


def _clearer(new: Head, old: Head) -> bool:
    """It says more; the same columns named once more only begin the next block.

    Where the rows above add nothing, they are titles and not part of the head.
    """
    if new.columns == old.columns:
        return new.last == old.last and new.score >= old.score - 0.01
    return new.score > old.score + 0.01


def _has_numbers(row: Sequence[Value]) -> bool:
    return any(isinstance(one, Decimal) or FIGURE.match(one or "") for one in row)


def _head(
    grid: Grid, rows: tuple[int, int], heads: Sequence[Sequence[str]], name: str
) -> Head | None:
    columns, months, strength, named = _columns(heads)
    money = [one for one in MONEY if one in columns]
    if len(columns) + (len(months) >= 3) < 2 or not (money or len(months) >= 3):
        return None
    if not {"description", "activity", "category"} & set(columns) and len(money) < 2:
        return None
    titles = [cell for row in grid[: rows[1] + 1] for cell in row if isinstance(cell, str)]
    currency = _currency(named, " ".join([name, *titles]))
    fund_only = money == ["fund_cents"] or (
        "fund_cents" not in columns
        and not {"own_cents", "in_kind_cents", "other_cents"} & set(columns)
    )
    return Head(
        first=rows[0],
        last=rows[1],
        columns=columns,
        months=tuple(months) if len(months) >= 3 else (),
        currency=currency,
        width=max([*columns.values(), *months]) + 1,
        score=strength + (1.0 if len(months) >= 3 else 0.0),
        fund_only=fund_only,
        is_named=bool(named),
    )


def spoken(text: str) -> str | None:
    """The currency a text names; "Fondo Canadá" is a fund, not a currency."""
    found = currency_of(text)
    return None if found == "CAD" and not DOLLARS.search(text) else found


def _currency(named: set[str], titles: str) -> str:
    """The currency of the heads, else of the titles, else pesos."""
    if len(named) == 1:
        return next(iter(named))
    if named:
        return "MXN" if "MXN" in named else min(named)
    return spoken(titles) or "MXN"
