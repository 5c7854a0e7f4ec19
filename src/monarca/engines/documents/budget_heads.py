"""The head rows of a budget: which column is which, in which currency, months as columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from monarca.engines.documents.concepts import meant_by_head
from monarca.engines.documents.lexicon import Lexicon, Widened, paraphrases, wording
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.values import MONTHS, currency_of
from monarca.engines.documents.words import plain

SEARCHED = 30
COLUMNS = Widened(
    ((name, one) for name, many in wording()["budget"]["columns"].items() for one in many),
    telling=meant_by_head,
)
CATEGORY = Lexicon(
    (code, one)
    for table in (wording()["budget"]["categories"], paraphrases()["categories"])
    for code, many in table.items()
    for one in many
)
MONTH = re.compile(
    rf"^(?:{MONTHS})\b\.?(?:[\s/-]*\d{{2,4}})?$|^(?:mes|month|mois|m)\s?\d{{1,2}}$", re.IGNORECASE
)
NAMED = re.compile(r"\((nombre|name|nom)\)", re.IGNORECASE)
INNER = re.compile(r"\(([^()]{2,40})\)")
FIGURE = re.compile(r"^\W*\d[\d.,' ]*\W*$")
DOLLARS = re.compile(
    r"\bCAD\b|\bCDN\b|d[oó]lar(?:es)? canad|dollars? canad|canadian dollar"
    r"|\$ ?CA[DN]?\b|\bCA?[DN]? ?\$",
    re.IGNORECASE,
)
MONEY = ("unit_cents", "total_cents", "fund_cents", "own_cents", "in_kind_cents", "other_cents")


@dataclass(frozen=True, slots=True)
class Head:
    """Columns by field; `last` is the last row of the head; `months` are summed to a total.

    `fund_only`: the sheet has a single money column and says it is asked of the fund; `is_named`:
    the heads of the columns name the currency.
    """

    last: int
    columns: Mapping[str, int]
    months: tuple[int, ...]
    currency: str
    width: int
    score: float
    fund_only: bool = False
    is_named: bool = False

    @property
    def money(self) -> tuple[str, ...]:
        return tuple(name for name in MONEY if name in self.columns)


def _texts(row: Sequence[Value]) -> list[str]:
    return [one if isinstance(one, str) and len(one) < 120 else "" for one in row]


def _below(top: Sequence[str], sub: Sequence[str]) -> list[tuple[str, str]]:
    """A head of two rows: a merged cell above counts for every named cell under it."""
    pairs = []
    above = ""
    for at in range(max(len(top), len(sub))):
        own = top[at] if at < len(top) else ""
        under = sub[at] if at < len(sub) else ""
        above = own or (above if under else "")
        pairs.append((above, under))
    return pairs


def named_field(texts: Sequence[str]) -> tuple[str, float]:
    """The field a head means: with the words above it first, then its own words alone."""
    best = ("", 0.0)
    for text in texts:
        if not text or plain(text) == "":
            continue
        found = COLUMNS.match(NAMED.sub(r" \1", text), asked=True)
        inner = INNER.search(text)
        aside = COLUMNS.match(inner[1], asked=True) if inner else None
        if aside is not None and aside.target == "in_kind_cents" and aside.score > 0.9:
            found = aside
        elif aside is not None and aside.target == "unit" and aside.score > 0.95:
            found = aside if found is None or found.score < 0.85 else found
        if found is not None and found.score > best[1] + 0.15:
            best = (found.target, found.score)
    return best


def _columns(heads: Sequence[Sequence[str]]) -> tuple[dict[str, int], list[int], float, set[str]]:
    """Fields, months, strength and named currencies of one head row (or two)."""
    chosen: dict[str, tuple[float, int, str | None]] = {}
    months = []
    currencies: set[str] = set()
    for at, texts in enumerate(heads):
        if any(MONTH.match(plain(text)) for text in texts if text):
            months.append(at)
            continue
        name, score = named_field(texts)
        if not name or name == "skip":
            continue
        currency = _spoken(" ".join(texts)) if name in MONEY else None
        before = chosen.get(name)
        if before is None or _better((score, currency), (before[0], before[2])):
            chosen[name] = (score, at, currency)
    currencies.update(one[2] for one in chosen.values() if one[2])
    strength = sum(one[0] for one in chosen.values())
    return {name: one[1] for name, one in chosen.items()}, months, strength, currencies


def _better(new: tuple[float, str | None], old: tuple[float, str | None]) -> bool:
    """Local currency before its equivalent in Canadian dollars, then the surer words."""
    if new[1] != old[1] and {new[1], old[1]} <= {"MXN", "CAD", None}:
        order = {"MXN": 2, None: 1, "CAD": 0}
        return order[new[1]] > order[old[1]]
    return new[0] > old[0] + 0.05


def find_head(grid: Grid, name: str = "") -> Head | None:
    """The likeliest head among the first thirty rows; None when no row looks like one."""
    best: Head | None = None
    for row in range(min(SEARCHED, len(grid))):
        single = [(text,) for text in _texts(grid[row])]
        below = _texts(grid[row + 1]) if row + 1 < len(grid) else []
        numbers = any(
            isinstance(one, Decimal) or FIGURE.match(one or "")
            for one in (grid[row + 1] if below else [])
        )
        double = [
            (f"{above} {under}".strip(), under, above)
            for above, under in _below(_texts(grid[row]), below)
        ]
        found = _head(grid, row, single, name)
        if found is not None and (best is None or found.score > best.score + 0.01):
            best = found
        if not numbers and sum(map(bool, below)) >= 2:
            both = _head(grid, row + 1, double, name)
            if both is not None and (best is None or both.score > best.score + 0.9):
                best = both
    return best


def _head(grid: Grid, last: int, heads: Sequence[Sequence[str]], name: str) -> Head | None:
    columns, months, strength, named = _columns(heads)
    money = [one for one in MONEY if one in columns]
    if len(columns) + (len(months) >= 3) < 2 or not (money or len(months) >= 3):
        return None
    if not {"description", "activity", "category"} & set(columns) and len(money) < 2:
        return None
    titles = [cell for row in grid[: last + 1] for cell in row if isinstance(cell, str)]
    currency = _currency(named, " ".join([name, *titles]))
    fund_only = money == ["fund_cents"] or (
        "fund_cents" not in columns
        and not {"own_cents", "in_kind_cents", "other_cents"} & set(columns)
    )
    return Head(
        last=last,
        columns=columns,
        months=tuple(months) if len(months) >= 3 else (),
        currency=currency,
        width=max([*columns.values(), *months]) + 1,
        score=strength + (1.0 if len(months) >= 3 else 0.0),
        fund_only=fund_only,
        is_named=bool(named),
    )


def _spoken(text: str) -> str | None:
    """The currency a text names; "Fondo Canadá" is a fund, not a currency."""
    found = currency_of(text)
    return None if found == "CAD" and not DOLLARS.search(text) else found


def _currency(named: set[str], titles: str) -> str:
    """The currency of the heads, else of the titles, else pesos."""
    if len(named) == 1:
        return next(iter(named))
    if named:
        return "MXN" if "MXN" in named else min(named)
    return _spoken(titles) or "MXN"
