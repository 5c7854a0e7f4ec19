"""What the head of one column says: its field, and the name of who pays, when it gives one."""

import re
from collections.abc import Sequence

from monarca.engines.documents.concepts import meant_by_head
from monarca.engines.documents.lexicon import Match, Widened, wording
from monarca.engines.documents.words import bare, plain, stems

COLUMNS = Widened(
    ((name, one) for name, many in wording()["budget"]["columns"].items() for one in many),
    telling=meant_by_head,
)
CLEAR = 0.9
KNOWN = 0.95
NAMED = re.compile(r"\((nombre|name|nom)\)", re.IGNORECASE)
INNER = re.compile(r"\(([^()]{2,40})\)")
WHO = re.compile(r"^\W*(?:qui[eé]n(?:es)?|who|qui|cu[aá]l|which|quel(?:le)?)\W*\(", re.IGNORECASE)
CASH = re.compile(
    r"efectivo|cash|(?:en )?esp[eè]ces|monetari[oa]|mon[eé]taire|num[eé]raire|dinero|argent",
    re.IGNORECASE,
)
PERCENT = re.compile(
    r"^\s*%|(?<![\d\s])\s*%|^\s*(?:porcentaje|percent\w*|pourcentage)\b", re.IGNORECASE
)
EFFORT = re.compile(
    r"^(?:loe|level of effort|nivel de esfuerzo|niveau d effort"
    r"|(?:dedicacion|dedication|time share|taux d occupation)( .*)?)$"
)
GROUP = re.compile(
    r"^(?:(?:las |the |les )?(?:fuentes?|sources?|origen|origine)"
    r"(?: de| of| del| du| des)?(?: los| the)?(?: financ\w*| fund\w*| fond\w*| recursos| ingresos"
    r"| revenu\w*| income)?|financiamiento|financiacion|funds"
    r"|(?:funding|financing)(?: sources?)?"
    r"|financement"
    r"|aportaciones|aportes|contribuciones|contributions?|apports"
    r"|(?:financed|paid|funded) by|finance par|pagado por|quien paga|who pays|qui paie"
    r"|(?:distribucion|desglose|breakdown|repartition|ventilation)( .*)?|montos?|montants?|amounts?"
    r"|importes?|cofinanciadores|bailleurs|donors|donantes)$"
)
SHARES = ("fund_cents", "own_cents", "in_kind_cents", "other_cents")
OWN = frozenset((*SHARES, "quantity"))
PARTS = re.compile(r"[:()\[\]/;\n]|\s[-\u2013\u2014]\s|\s[-\u2013\u2014]|[-\u2013\u2014]\s")
CURRENCY = re.compile(
    r"\$|\b(?:MXN|CAD|USD|CDN|CAN|CA|MX|M\.? ?N\.?|pesos|d[oó]lares|dollars)(?![\w])", re.IGNORECASE
)
LEADING = re.compile(
    r"^(?:aportaci[oó]n|aportes?|contribuci[oó]n|contributions?|apports?|fondos|part|share|monto"
    r"|montant|amount|financ\w+|donante|donor|funder|bailleur|donateur|cofinanc\w+|paid|pagado)"
    r"\s+(?:(?:de|del|of|from|by|por|par|du|des)\b|d['\u2019])?\s*(?:la|el|the|le|l['\u2019])?\s*",
    re.IGNORECASE,
)
GENERIC = frozenset(stems(" ".join(wording()["budget"]["payers"]["filler"])))


def named_field(texts: Sequence[str]) -> tuple[str, float]:
    """The field a head means: with the words above it first, then its own words alone.

    `texts`: the words of all rows of the head together, then those of each row, the lowest first.
    """
    best = ("", 0.0)
    for at, text in enumerate(texts):
        if not text or (plain(text) == "" and "%" not in text):
            continue
        found = _field(text)
        if found is None:
            continue
        own = at == 1 and found.target in OWN and found.score >= KNOWN
        sure = at == 1 and found.score > best[1] and (own or found.target == best[0])
        if found.score > best[1] + 0.15 or (sure and best[0] not in {"skip", "in_kind_cents"}):
            best = (found.target, found.score)
    return best


def _field(text: str) -> Match | None:
    """What one text means; what stands in parentheses may say it better."""
    if PERCENT.search(text) or EFFORT.match(plain(text)):
        return Match("skip", 1.0)
    if WHO.match(text):
        text = re.sub(r"[()]", " ", text)
    found = COLUMNS.match(NAMED.sub(r" \1", text), asked=True)
    inner = INNER.search(text)
    if inner is None:
        return found
    aside = COLUMNS.match(inner[1], asked=True)
    if aside is not None and aside.target == "in_kind_cents" and aside.score > CLEAR:
        return aside
    if aside is not None and aside.target == "unit" and aside.score > KNOWN:
        return aside if found is None or found.score < 0.85 else found
    if found is None and CASH.fullmatch(inner[1].strip()):
        return Match("own_cents", CLEAR)
    return found


def is_group(text: str) -> bool:
    """A head over several others that only says that they are sources of money."""
    return GROUP.match(plain(bare(text))) is not None


def payer_in(text: str) -> str:
    """The name of who pays, as a head gives it: "OIM" of "Otro donante: OIM (MXN)"; else ""."""
    for part in PARTS.split(CURRENCY.sub(" ", text)):
        name = LEADING.sub("", " ".join(part.split())).strip(" .,:*")
        words = stems(name)
        telling = [one for one in words if one not in GENERIC and not one.isdigit()]
        if telling and any(one.isupper() for one in name):
            return name
    return ""


def share_named(text: str) -> str:
    """The share whose payer a text names surely, "" when it names none."""
    field, score = named_field([text])
    return field if field in SHARES and score >= CLEAR else ""
