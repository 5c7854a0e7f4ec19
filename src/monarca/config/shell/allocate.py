"""`monarca allocate`: a fair division of what there is, the reason for every share, the axioms."""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from monarca.config.shell.drawing import Mark, bars
from monarca.config.shell.files import Fault, Row, table
from monarca.config.shell.showing import Sheet, Teller
from monarca.config.shell.usage import Wrong, whole
from monarca.engines import apportionment
from monarca.engines.apportionment import Claim, Compared, Division, Refused, Standing, Terms
from monarca.engines.reasons import Reason, Value
from monarca.kit.reasons import written

KNOWN = (
    "name",
    "claim",
    "weight",
    "floor",
    "cap",
    "minimum",
    "excluded",
    "population",
    "received",
    "risk",
)
LARGEST = 10**15
FINEST = 9
DRAWN = 60

EXAMPLE = f"""\
rules: {", ".join(apportionment.RULES)}
  (also known: {", ".join(apportionment.ALIASES)})

a complete example; the file missions.csv:

  id,name,claim,weight,floor,cap
  bogota,Bogotá,900000,12,150000,
  guatemala,Guatemala,700000,9,150000,
  la-paz,La Paz,250000,4,100000,
  mexico,Mexico City,1500000,20,200000,1200000

and the command lines:

  monarca allocate missions.csv --supply 2000000 --rule weighted_water_filling --unit 1000
  monarca allocate missions.csv --supply 2000000 --rule water_filling,webster --axioms

columns: id (needed, unique) and claim (what is asked for; whole). Optional: name; weight (above
nought, default 1); floor (guaranteed); cap (ceiling); minimum (smallest shipment worth sending: a
smaller share waits; with a floor the larger of the two is guaranteed; a claim or cap below it is
sent whole or waits); excluded (the reason, in words; blank takes part). For rule covax: population
(needed), claim (blank: the target of phase one), received (until now), risk (1 is ordinary).
Units left over by rounding go in the order of ids, so an id also decides ties.
"""


def arguments(parser: ArgumentParser) -> None:
    """What may follow `monarca allocate`."""
    parser.add_argument("needs", type=Path, metavar="NEEDS.csv", help="who asks for how much")
    parser.add_argument(
        "--supply", type=whole(most=LARGEST), required=True, help="how much there is (whole)"
    )
    parser.add_argument("--rule", required=True, help="one rule, or several with commas to compare")
    parser.add_argument(
        "--unit", type=whole(most=LARGEST), default=1, help="size of a lot (default 1)"
    )
    parser.add_argument("--buffer", type=_part, default=Fraction(0), help="kept back: 5%% or 0.05")
    parser.add_argument(
        "--by",
        choices=("claim", "weight"),
        default="claim",
        help="what shares are in proportion to",
    )
    parser.add_argument(
        "--target",
        type=_part,
        default=Fraction(1, 5),
        help="covax: part of the population in phase one (default 20%%)",
    )
    parser.add_argument(
        "--doses", type=whole(most=LARGEST), default=2, help="covax: doses a person (default 2)"
    )
    parser.add_argument("--axioms", action="store_true", help="show what the rule keeps and breaks")


def answer(given: Namespace, teller: Teller) -> int:
    """Divide by each rule that was named, and tell the shares with their reasons."""
    terms = Terms(
        given.supply, given.unit, given.buffer, by=given.by, target=given.target, doses=given.doses
    )
    try:
        rules = list(dict.fromkeys(apportionment.named(rule) for rule in given.rule.split(",")))
    except Refused as refused:
        teller.remark(teller.reason(refused.reason))
        return 2
    needs = _read(given.needs, rules, terms)
    try:
        compared = apportionment.compare([need.claim for need in needs], terms, rules)
    except Refused as refused:
        if not refused.clash:
            teller.remark(teller.reason(refused.reason))
            return 2
        raise _placed(refused, needs, given.needs) from None
    asked = Asked(tuple(needs), tuple(compared), given.axioms)
    if teller.as_json:
        teller.tell(_data(asked))
    else:
        teller.tell(None, *_parts(asked, teller))
    if teller.plot:
        teller.draw(_drawn(asked, teller))
    return 0


@dataclass(frozen=True, slots=True)
class Need:
    """One line of the file: the claim, its name for people, and where it stands."""

    claim: Claim
    name: str
    row: Row


@dataclass(frozen=True, slots=True)
class Asked:
    """What was read and found, to be told."""

    needs: tuple[Need, ...]
    compared: tuple[Compared, ...]
    axioms: bool

    @property
    def names(self) -> dict[str, str]:
        """Names by id."""
        return {need.claim.id: need.name for need in self.needs}

    @property
    def claims(self) -> dict[str, int]:
        """Claims by id."""
        return {need.claim.id: need.claim.claim for need in self.needs}


def _part(said: str) -> Fraction:
    try:
        value = Decimal(said.removesuffix("%"))
    except InvalidOperation:
        raise Wrong("shell.allocate.not_a_part", said) from None
    if not value.is_finite() or not 0 <= value <= 100 or _places(value) > FINEST:
        raise Wrong("shell.allocate.not_a_part", said)
    part = Fraction(value) / (100 if said.endswith("%") else 1)
    if part > 1:
        raise Wrong("shell.allocate.not_a_part", said)
    return part


def _places(value: Decimal) -> int:
    """Digits after the point."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _read(path: Path, rules: Sequence[str], terms: Terms) -> list[Need]:
    is_covax = "covax" in rules
    needed = ("id", "population") if is_covax else ("id", "claim")
    rows = table(path, needed=needed, known=KNOWN, key="id")
    return [_need(row, is_covax, terms) for row in rows]


def _need(row: Row, is_covax: bool, terms: Terms) -> Need:
    population = row.whole("population", least=0, most=LARGEST, default=0)
    target = int(terms.target * terms.doses * population) if is_covax else None
    claim = Claim(
        id=row.text("id"),
        claim=row.whole("claim", least=0, most=LARGEST, default=target),
        weight=_fraction(row, "weight"),
        floor=row.whole("floor", least=0, most=LARGEST, default=0),
        cap=row.whole("cap", least=0, most=LARGEST) if row.has("cap") else None,
        minimum=row.whole("minimum", least=0, most=LARGEST, default=0),
        excluded=row.text("excluded", default=""),
        population=population,
        received=row.whole("received", least=0, most=LARGEST, default=0),
        risk=_fraction(row, "risk"),
    )
    return Need(claim, row.text("name", default=claim.id), row)


def _fraction(row: Row, name: str) -> Fraction:
    """A number above nought, with at most nine places."""
    value = row.number(name, least=Decimal("1e-9"), most=LARGEST, default=1)
    if _places(value) > FINEST:
        raise row.fault("shell.allocate.too_fine", name, value=str(value)[:20])
    return Fraction(value)


def _placed(refused: Refused, needs: Iterable[Need], path: Path) -> Fault:
    """A refusal with the line of the first claimant it names."""
    lines = {need.claim.id: need.row.line for need in needs}
    return Fault(path, refused.reason, line=lines[refused.clash[0]])


def _data(asked: Asked) -> dict[str, object]:
    found = [_division(each, asked) for each in asked.compared]
    if asked.axioms:
        for each in found:
            each["axioms"] = [_standing(one) for one in apportionment.standings(str(each["rule"]))]
    return found[0] if len(found) == 1 else {"rules": found}


def _division(compared: Compared, asked: Asked) -> dict[str, object]:
    division, measures = compared.division, compared.inequality
    names, claims = asked.names, asked.claims
    return {
        "rule": division.rule,
        "supply": division.terms.supply,
        "unit": division.terms.unit,
        "buffer": division.buffer,
        "left": division.left,
        "left_reason": division.left_reason,
        "inequality": {
            "least_met": str(measures.least_met),
            "most_met": str(measures.most_met),
            "with_nothing": measures.with_nothing,
            "gini_amounts": round(float(measures.gini_amounts), 6),
            "gini_met": round(float(measures.gini_met), 6),
        },
        "shares": [
            {
                "id": share.id,
                "name": names[share.id],
                "claim": claims[share.id],
                "amount": share.amount,
                "exact": str(share.exact),
                "reason": share.reason,
                "rounding": share.rounding,
            }
            for share in division.shares
        ],
    }


def _standing(one: Standing) -> dict[str, object]:
    said: dict[str, object] = {
        "axiom": one.axiom,
        "definition": Reason(f"apportionment.axiom_{one.axiom}"),
        "kept": one.is_kept,
    }
    if one.problem:
        said["counterexample"] = {
            "claims": [_small(one, each) for each in one.problem.claims],
            "supply": one.problem.terms.supply,
            "given": one.problem.given,
            "broken": one.broken,
        }
    return said


def _small(one: Standing, claim: Claim) -> dict[str, object]:
    said: dict[str, object] = {"id": claim.id, "claim": claim.claim}
    if claim.population:
        said["population"] = claim.population
    if one.problem and one.problem.rule == "weighted_water_filling":
        said["weight"] = int(claim.weight)
    return said


def _parts(asked: Asked, teller: Teller) -> list[Sheet | str]:
    parts: list[Sheet | str] = []
    if len(asked.compared) == 1:
        parts += _one(asked.compared[0].division, asked, teller)
    else:
        parts.append(_side_by_side(asked))
    parts.append(_measures(asked, teller))
    if asked.axioms:
        parts += [_axioms(each.division.rule, teller) for each in asked.compared]
    return parts


def _one(division: Division, asked: Asked, teller: Teller) -> list[Sheet | str]:
    names, claims = asked.names, asked.claims
    rows = [
        (
            names[share.id],
            claims[share.id],
            share.amount,
            _why(share.reason, share.rounding, teller),
        )
        for share in division.shares
    ]
    heads = [f"shell.allocate.{head}" for head in ("id", "claim", "amount", "why")]
    values: dict[str, Value] = {
        "rule": teller.say(f"shell.allocate.rule_{division.rule}"),
        "given": sum(share.amount for share in division.shares),
        "supply": division.terms.supply,
        "count": sum(share.amount > 0 for share in division.shares),
    }
    parts: list[Sheet | str] = [Sheet("shell.allocate.title", heads, rows, values)]
    if division.buffer:
        parts.append(teller.say("shell.allocate.buffer", buffer=division.buffer))
    if division.left_reason:
        parts.append(teller.reason(division.left_reason))
    return parts


def _why(reason: Reason, rounding: Reason | None, teller: Teller) -> str:
    said = teller.reason(reason)
    return f"{said} {teller.reason(rounding)}" if rounding else said


def _side_by_side(asked: Asked) -> Sheet:
    names, claims = asked.names, asked.claims
    divisions = [each.division for each in asked.compared]
    rows = [
        (names[row[0].id], claims[row[0].id], *(share.amount for share in row))
        for row in zip(*(division.shares for division in divisions), strict=True)
    ]
    heads = [
        "shell.allocate.id",
        "shell.allocate.claim",
        *(f"shell.allocate.rule_{division.rule}" for division in divisions),
    ]
    return Sheet("shell.allocate.compare_title", heads, rows)


def _measures(asked: Asked, teller: Teller) -> Sheet:
    rows = []
    for each in asked.compared:
        found = each.inequality
        rows.append(
            (
                teller.say(f"shell.allocate.rule_{each.division.rule}"),
                written("met_share", float(found.least_met), teller.lang),
                written("met_share", float(found.most_met), teller.lang),
                found.with_nothing,
                Decimal(str(round(float(found.gini_amounts), 3))),
                Decimal(str(round(float(found.gini_met), 3))),
            )
        )
    named = ("rule", "least", "most", "nothing", "gini_amounts", "gini_met")
    heads = [f"shell.allocate.{head}" for head in named]
    return Sheet("shell.allocate.inequality_title", heads, rows)


def _axioms(rule: str, teller: Teller) -> Sheet:
    rows = []
    for one in apportionment.standings(rule):
        definition = teller.say(f"apportionment.axiom_{one.axiom}")
        rows.append((definition, one.is_kept, _example(one, teller)))
    heads = [f"shell.allocate.{head}" for head in ("axiom", "kept", "example")]
    values = {"rule": teller.say(f"shell.allocate.rule_{rule}")}
    return Sheet("shell.allocate.axioms_title", heads, rows, values)


def _example(one: Standing, teller: Teller) -> str:
    if not one.problem or not one.broken:
        return ""
    asked = ", ".join(
        " ".join(f"{value}" for value in _small(one, claim).values())
        for claim in one.problem.claims
    )
    shares = zip(one.problem.claims, one.problem.given, strict=True)
    given = ", ".join(f"{claim.id} {share}" for claim, share in shares)
    said = teller.say(
        "shell.allocate.asks", supply=one.problem.terms.supply, claims=asked, given=given
    )
    return f"{said}. {teller.reason(one.broken)}"


def _drawn(asked: Asked, teller: Teller) -> str:
    """Bars of what each receives, the largest claims first; several rules one below the other."""
    names, claims = asked.names, asked.claims
    marks: list[Mark] = []
    for each in asked.compared:
        rule = teller.say(f"shell.allocate.rule_{each.division.rule}")
        largest = sorted(each.division.shares, key=lambda share: (-claims[share.id], share.id))
        for share in largest[:DRAWN]:
            label = names[share.id] if len(asked.compared) == 1 else f"{names[share.id]} · {rule}"
            said = f"{share.amount} / {claims[share.id]}"
            marks.append(Mark(label, share.amount, said=said, is_special=share.amount == 0))
    title = ", ".join(
        teller.say(f"shell.allocate.rule_{each.division.rule}") for each in asked.compared
    )
    return bars(title, marks)
