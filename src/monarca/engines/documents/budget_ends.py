"""Rows of a budget that are no lines: totals, examples to delete, and where the table ends."""

import re
from collections.abc import Sequence

from monarca.engines.documents.budget_heads import CATEGORY, Head
from monarca.engines.documents.budget_names import CLEAR, named_field
from monarca.engines.documents.numerals import number, says_nothing
from monarca.engines.documents.sheets import Value
from monarca.engines.documents.words import plain, unnumbered

LONGEST = 60
SHORT = 12
ALIKE = 3
TITLE = 90
CODE = re.compile(r"[\W_]*(?:[A-Z]|[IVX]{1,4}|[A-Z]?\.?\d{1,3}(?:\.\d{1,2})*)?[\W_]*")
TOTAL = re.compile(
    r"^(gran total|totals?|totales|totaux|sub total(?:es)?|subtotal(?:es)?|sub totals|subtotals"
    r"|sous totaux|sous total|sumas?|sommes?|sum"
    r"|grand total|(importe|monto|costo|presupuesto|montant|cout|budget) (total|global)"
    r"|(overall|whole|project) (total|budget|cost)|all together|altogether|ensemble|en tout"
    r"|en total|todo junto)\b"
)
SUB = re.compile(r"^(?:sub|sous|block|bloque|bloc)")
OF = re.compile(
    r"^(?:total(?:es)?|totaux|totals|suma|somme|sum)"
    r"(?P<of> (?:de|del|of|du|des|d|for|para|por|pour))?"
    r"(?: (?:la|las|los|el|the|les|le|l))? (?P<what>.+)$"
)
WHOLE = re.compile(
    r"(?:\s?\b(?:proyecto|projet|project|presupuesto|budget|gasto|gastos|egreso|egresos|depense"
    r"|depenses|costo|costos|cost|costs|cout|couts|expense|expenses|expenditure"
    r"|expenditures|general|generale|global|recursos|ingreso|ingresos|revenu|revenus"
    r"|income|solicitado|requested|demande|del|de|du|des|of|the|todo)\b)+"
)
PART = re.compile(r"^(?:[a-h]|\d{1,2}|[ivx]{1,4}|(?:actividad|activity|activite|personal)\b.*)$")
ANOTHER = re.compile(
    r"^(?:plan(?: de)? (?:financement|financiamiento|financiacion)|financing(?: plan)?|funding plan"
    r"|(?:fuentes?|sources?|origen|origine)(?: de| of| des| del)?(?: los| les| the)?"
    r" (?:financ|fond|fund|ingres|recurs|revenu|income|ressourc)"
    r"|(?:estructura|structure|montage)(?: de)? financ|flujo|cash ?flow|flux de tresorerie"
    r"|(?:calendario|cronograma|calendrier|echeancier|schedule|timeline)\b"
    r"|(?:resumen|summary|sommaire|recapitulatif|recapitulation)\b|resume (?:par|du|de|des)\b"
    r"|(?:desembolsos|ministraciones|disbursements?|decaissements|versements)\b"
    r"|(?:ingresos|revenus|revenues?|income|recettes)$"
    r"|(?:notas?|notes?|observaciones|remarques?|comentarios|comments)$"
    r"|(?:supuestos|assumptions|hypotheses)\b)"
)
EXCHANGE = re.compile(r"^(?:tipo(?: de)? cambio|exchange rate|taux(?: de)? change|paridad|tc|fx)\b")
EXAMPLE = r"(?:ejemplos?|examples?|exemples?)"
DELETE = (
    r"(?:borrar|b[oó]rre\w*|eliminar|elim[ií]ne\w*|suprimir|quitar|delete|remove|erase"
    r"|effacer|effacez|supprimer|supprimez|[aà] retirer)"
)
POLITE = r"(?:favor de |por favor |please |veuillez |svp |[aà] |to be |to )?"
LINE = r"(?:fila|l[ií]nea|rengl[oó]n|row|line|ligne|rang[eé]e|entry|saisie)"
ONLY = r"only|solamente|[uú]nicamente|s[oó]lo|nada m[aá]s|seulement|uniquement"
ENDED = r"\s*(?:[:(\[\u2013\u2014-]|[\W_]*$)"
EXEMPLARY = re.compile(
    rf"^\W*(?:{EXAMPLE}|p\.?\s?ej|ej|e\.?g|par ex)\.?\s*[:(\[\u2013\u2014-]|^\W*{EXAMPLE}\W*$"
    rf"|[(\[]\s*{EXAMPLE}\s*[)\]]"
    rf"|^\W*{EXAMPLE}\s+(?:de\s+|of\s+)?(?:llenado|remplissage|{LINE})\b"
    rf"|^\W*(?:{EXAMPLE}|sample|muestra)\s+(?:{ONLY})\b"
    rf"|^\W*(?:{ONLY}|just|this is|c['\u2019]est|es)\s+(?:an?\s+|un\s+)?{EXAMPLE}{ENDED}"
    rf"|^\W*sample\s*:"
    rf"|^\W*(?:sample|dummy|e\.?g\.?|p\.?\s?ej\.?)\s+{LINE}\b"
    rf"|^\W*{LINE}\s+(?:de\s+muestra|(?:de\s+|d['\u2019])?{EXAMPLE})\b"
    rf"|^\W*(?:a (?:modo|manera|t[ií]tulo) de|[àa] titre d['\u2019]|as an)\s*{EXAMPLE}{ENDED}",
    re.IGNORECASE,
)
WHOLLY = re.compile(
    rf"\W*(?:(?:for|solo|s[oó]lo|just|only|pour)\s+)?(?:an?\s+|un\s+)?(?:{EXAMPLE}|sample)"
    rf"(?:\s+(?:{ONLY}|{LINE}))\W*",
    re.IGNORECASE,
)
DELETED = re.compile(
    rf"[(\[][^()\[\]]{{0,30}}\b{EXAMPLE}\b[^()\[\]]{{0,20}}\b{DELETE}\b[^()\[\]]{{0,30}}[)\]]"
    rf"|[(\[*\u2013\u2014-]\s*{POLITE}{DELETE}(?:\s[^()]{{0,20}}\b{LINE})?[\W_]*$"
    rf"|^\W*{POLITE}{DELETE}\b.{{0,20}}\b(?:{LINE}|{EXAMPLE})\b",
    re.IGNORECASE,
)


def is_code(text: str) -> bool:
    """The letter or number of a line, in a cell of its own: "A", "B.2", "IV"."""
    return len(text) <= SHORT and CODE.fullmatch(text) is not None


def is_example(naming: Sequence[str], others: Sequence[str]) -> bool:
    """A line the maker of the form left to show how it is filled: "EJEMPLO (borrar)".

    `naming`: what names the line; `others`: its other words, where "e.g. pens" only explains.
    """
    said = any(DELETED.search(text) for text in (*naming, *others))
    whole = any(WHOLLY.fullmatch(text) for text in others)
    return said or whole or any(EXEMPLARY.search(text) for text in naming)


def is_rate(texts: Sequence[str]) -> bool:
    """A note of an exchange rate, which is no cost."""
    return bool(texts) and EXCHANGE.match(plain(texts[0])) is not None


def total_word(cells: Sequence[Value]) -> str:
    """The words of a row of totals, "" for any other row."""
    for cell in cells:
        if isinstance(cell, str) and cell.strip() and not is_code(cell):
            words = plain(unnumbered(cell))
            if words.endswith(" total") and len(words.split()) <= 3 and not TOTAL.match(words):
                return f"sub {words}"
            return words if TOTAL.match(words) and len(words) < LONGEST else ""
    return ""


def is_part(words: str) -> bool:
    """A total of some lines only: "Sous-total", "Total de la actividad 1", "Total A"."""
    if SUB.match(words):
        return True
    named = OF.match(words)
    if named is None or WHOLE.fullmatch(named["what"]):
        return False
    found = CATEGORY.match(named["what"])
    known = found is not None and found.score >= CLEAR
    return bool(named["of"]) or known or PART.match(named["what"]) is not None


def repeats_head(head: Head, row: Sequence[Value], above: Sequence[Value]) -> bool:
    """The words of the head once more, the same or others that mean the same: a block begins."""
    texts = [one for one in row if isinstance(one, str) and one.strip()]
    if len(texts) <= 2:
        return False
    if row == above:
        return True
    named = {name for name, at in head.columns.items() if _names(row, at) == name}
    return len(named) >= ALIKE and any(name in head.money for name in named)


def begins_another(head: Head, row: Sequence[Value], above: Sequence[Value]) -> bool:
    """A second table begins that holds no lines: its title, or a head of other columns."""
    texts = [one.strip() for one in row if isinstance(one, str) and one.strip()]
    if not texts or repeats_head(head, row, above):
        return False
    columns = [head.columns[name] for name in head.money if head.columns[name] < len(row)]
    if any(number(row[at])[0] is not None for at in columns):
        return False
    if len(texts[0]) < TITLE and ANOTHER.match(plain(unnumbered(texts[0]))):
        return True
    named = [field for at in columns if (field := _names(row, at)) in head.money]
    return "total_cents" in named or len(named) > 1


def _names(row: Sequence[Value], column: int) -> str:
    """The field a cell names surely, as a head would; "" for any other cell."""
    held = row[column] if column < len(row) else None
    if not isinstance(held, str) or says_nothing(held) or len(held) > TITLE:
        return ""
    field, score = named_field([held])
    return field if score >= CLEAR else ""
