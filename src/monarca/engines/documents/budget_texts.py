"""Columns of words that no head names: units beside the quantities, donors beside their money."""

import re
from collections.abc import Sequence
from dataclasses import replace

from monarca.engines.documents.budget_ends import total_word
from monarca.engines.documents.budget_heads import Head
from monarca.engines.documents.budget_names import CLEAR, named_field
from monarca.engines.documents.everyday import assent
from monarca.engines.documents.numerals import number, says_nothing
from monarca.engines.documents.sheets import Grid, Value
from monarca.engines.documents.words import plain, stems

AGREE = 0.8
LEAST = 2
SHORT = 24
FEW = 3
WHO = re.compile(
    r"\b(?:quien|who|qui|nombre|name|nom|par|by|por|from|origen|origine|origin|source|fuente"
    r"|procedencia|provenance|instituci\w+|institution|organi\w+|don\w+|bailleur|funder)\b"
)
UNITS = frozenset(
    stems(
        "mes month mois día day jour hora hour heure semana week semaine pieza piece pièce unidad"
        " unit unité juego set lote lot paquete package kit servicio service sesión session séance"
        " persona person personne viaje trip voyage litro litre liter kilo kg metro metre mètre"
        " noche night nuit taller workshop atelier evento event événement forfait global caja box"
        " boîte bulto sac bag rollo roll rouleau hoja page ejemplar copy exemplaire"
    )
)

type Body = Sequence[Sequence[Value]]


def with_words(grid: Grid, head: Head, body: Body) -> Head:
    """The head with the column of units and that of other donors, where no words name them."""
    body = [row for row in body if not total_word(row)]
    return _donors(grid, _units(grid, head, body), body)


def _units(grid: Grid, head: Head, body: Body) -> Head:
    """Short words right of nearly every quantity; left of it only words that are known units."""
    counted = head.columns.get("quantity")
    if counted is None or "unit" in head.columns:
        return head
    rows = [row for row in body if _paid(row, counted)]
    for column in (counted + 1, counted - 1):
        texts = [one for row in rows if (one := _text(row, column))]
        brief = all(len(one) <= SHORT and len(one.split()) <= FEW for one in texts)
        known = sum(bool(UNITS.intersection(stems(one))) for one in texts)
        plainly = all(one[:1].islower() for one in texts) and not _names(grid, head, column)
        fits = known >= AGREE * len(texts) or (column > counted and plainly)
        enough = len(texts) >= max(LEAST, AGREE * len(rows))
        if column not in _taken(head) and enough and brief and fits:
            return _with(head, "unit", column)
    return head


def _donors(grid: Grid, head: Head, body: Body) -> Head:
    """Words that stand just where others pay, and nowhere else, name who they are."""
    given = head.columns.get("other_cents")
    if given is None or "other_donor" in head.columns:
        return head
    paid = [bool(_paid(row, given)) for row in body]
    width = max(map(len, body), default=0)
    for column in range(given + 1, width):
        said = [_text(row, column) for row in body]
        fits = any(said) and [bool(one) for one in said] == paid and not any(map(assent, said))
        if column not in _taken(head) and fits and _asks_who(grid, head, column):
            return _with(head, "other_donor", column)
    return head


def _asks_who(grid: Grid, head: Head, column: int) -> bool:
    """The head of the column means others, asks who or from where, or says nothing."""
    named = _names(grid, head, column)
    row = grid[head.last]
    held = row[column] if column < len(row) else None
    words = plain(held) if isinstance(held, str) else ""
    asks = not words or WHO.search(words) is not None
    return named in {"other_cents", "other_donor"} or (not named and asks)


def _names(grid: Grid, head: Head, column: int) -> str:
    """What the head of a column surely means, "" for nothing known."""
    row = grid[head.last]
    held = row[column] if column < len(row) else None
    field, score = named_field([held]) if isinstance(held, str) else ("", 0.0)
    return field if score >= CLEAR else ""


def _text(row: Sequence[Value], column: int) -> str:
    held = row[column] if 0 <= column < len(row) else None
    is_text = isinstance(held, str) and number(held)[0] is None and not says_nothing(held)
    return held.strip() if is_text and isinstance(held, str) else ""


def _paid(row: Sequence[Value], column: int) -> bool:
    return bool(number(row[column])[0]) if column < len(row) else False


def _taken(head: Head) -> set[int]:
    return {*head.columns.values(), *head.months}


def _with(head: Head, field: str, column: int) -> Head:
    columns = {**head.columns, field: column}
    return replace(head, columns=columns, width=max(head.width, column + 1))
