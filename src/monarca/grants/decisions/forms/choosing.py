"""The page "The best plan within the envelope" as rows ready to print."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.engines import portfolio
from monarca.engines.portfolio import Award, Limit, Step
from monarca.engines.reasons import Reason, Value
from monarca.grants.applications.states import Sensitivity
from monarca.grants.calls import queries as calls
from monarca.grants.decisions.forms.planning import Planning
from monarca.grants.decisions.forms.ranking import Cell, chance, score
from monarca.grants.decisions.forms.showing import name_of
from monarca.grants.decisions.queries.choosing import Answer, Firmness
from monarca.grants.decisions.queries.planning import Candidate, Candidates
from monarca.kit import formats, reasons, trilingual
from monarca.kit.parts import Link, Noted, Reach


@dataclass(frozen=True, slots=True)
class Words:
    """What the engine's ids are called on the page: priorities by their names, and no more of a
    restricted file's organization than that there is one."""

    found: Candidates
    names: Mapping[str, str]

    def said(self, reason: Reason) -> str:
        """The sentence of a reason, with names in the place of ids."""
        values = {name: _exact(name, value) for name, value in reason.values.items()}
        if "rule" in values:
            values["rule"] = self.names.get(_code(str(values["rule"])), str(values["rule"]))
        if "organisation" in values:
            name = self._organisation(str(values["organisation"]))
            if not name:
                return _("Let one organization, shown by alias, have more than one project.")
            values["organisation"] = name
        return reasons.sentence(Reason(reason.code, values))

    def rule(self, name: str) -> str:
        """A rule that is broken, in a few words."""
        kind, _colon, file = name.partition(":")
        if kind == "pin":
            return _("the decision on %(file)s") % {"file": file}
        said = _("the ceiling “%(name)s”")
        if name.startswith("least_"):
            said = _("the floor “%(name)s”")
        return said % {"name": self.names.get(_code(name), name)}

    def _organisation(self, pk: str) -> str:
        files = [each.file for each in self.found.each.values()]
        mine = [file for file in files if str(file.applicant_id) == pk]
        is_open = all(file.sensitivity == Sensitivity.OPEN for file in mine)
        return mine[0].applicant.legal_name if mine and is_open else ""


def _exact(name: str, value: Value) -> Value:
    """A share to the basis point: what the page says can be typed into it again."""
    if name.endswith("_share") and isinstance(value, float):
        return formats.percent(Decimal(str(value)), places=2)
    return value


def priority_names(found: Candidates) -> dict[str, str]:
    """What the priorities of these files are called in their forms."""
    definitions = [calls.definition(form) for form in {e.file.form_id for e in found.each.values()}]
    known = {row["code"]: row["label"] for one in definitions for row in one["priorities"]}
    return {code: trilingual.say(known.get(code, {})).text or code for code in found.priorities}


def _code(limit: str) -> str:
    return limit.split("_", 1)[-1]


def plan_figures(given: Answer) -> list[tuple[str, str]]:
    """How many files, what they get, what is left, and the points in all."""
    plan = given.plan
    if plan is None:
        return []
    cents = sum(given.cents.values())
    left = (given.rules.envelope_cents or 0) - cents
    return [
        (formats.number(len(plan.awards)), _("files in the plan")),
        (formats.money(cents), _("given to them")),
        (formats.money(left), _("left of the envelope")),
        (score(plan.points), _("points in all")),
    ]


def usual_said(given: Answer, words: Words) -> str:
    """What sorting by score alone would reach, and the rules it would break."""
    points = score(given.usual.points)
    rules = [words.rule(each) for each in given.usual.broken]
    if rules:
        said = _("Sorting by score alone would reach %(points)s points and break: %(rules)s.")
        return said % {"points": points, "rules": "; ".join(rules)}
    return _("Sorting by score alone would reach %(points)s points.") % {"points": points}


def plan_head(firm: Firmness) -> list[str]:
    """What stands over the columns of `plan_rows`."""
    middle = [_("Chance")] if firm.chances else []
    return [_("File"), _("Score"), _("Amount"), *middle, _("Why"), _("Otherwise")]


@dataclass(frozen=True, slots=True)
class Told:
    """Everything a row of the plan is made of."""

    found: Candidates
    awards: Mapping[str, Award]
    why: Mapping[str, Reason]
    firm: Firmness
    form: Planning
    words: Words


def plan_rows(told: Told, files: Iterable[str]) -> list[list[Any]]:
    """A row for each of these files (references): what it gets, how surely, why, and a way out."""
    return [_row(told, name, told.found.each[name]) for name in files]


def _row(told: Told, name: str, one: Candidate) -> list[Any]:
    wish = told.form.wish()
    is_pinned = one.kept_cents or name in wish.wanted | wish.refused
    cells: list[Cell] = [name_of(one.file), score(float(one.score)), _amount(told, name, one)]
    if told.firm.chances:
        cells.append("—" if is_pinned else chance(told.firm.chances[name]))
    if one.kept_cents:
        return [*cells, _("The committee has approved it."), ""]
    return [*cells, told.words.said(told.why[name]), _way_out(told, name)]


def _amount(told: Told, name: str, one: Candidate) -> Cell:
    """What it gets, and of what; a file outside says what it asks."""
    award = told.awards.get(name)
    if award is None:
        return Noted(formats.money(one.asked_cents), _("asked"))
    given = formats.money(sum(award.cents))
    if award.percent == portfolio.WHOLE // 100:
        return given
    values = {
        "percent": formats.percent(Decimal(award.percent) / 100),
        "asked": formats.money(one.asked_cents),
    }
    return Noted(given, _("%(percent)s of %(asked)s") % values)


def _way_out(told: Told, name: str) -> Link:
    """The address of the plan where this file is decided otherwise."""
    wish = told.form.wish()
    yes, no = wish.wanted - {name}, wish.refused - {name}
    if name in wish.wanted | wish.refused:
        said = _("Set free")
    elif name in told.awards:
        said, no = _("Leave out"), no | {name}
    else:
        said, yes = _("Take in"), yes | {name}
    return Link(said.replace(" ", "\N{NO-BREAK SPACE}"), f"?{told.form.query(yes=yes, no=no)}")


def priority_rows(given: Answer, told: Told) -> list[tuple[Any, ...]]:
    """What each priority receives, beside its floor and ceiling."""
    rows = []
    for code in told.found.priorities:
        mine = [name for name in told.awards if told.found.each[name].file.priority == code]
        cents = sum(given.cents[name] for name in mine)
        limits = {each.id: each for each in given.rules.limits if each.tag == code}
        count = ngettext("%(n)s file", "%(n)s files", len(mine)) % {"n": formats.number(len(mine))}
        notes = [count, *(_limit_said(each) for each in limits.values())]
        drawn = _reach(given, code, limits, (len(mine), cents))
        rows.append((Noted(told.words.names[code], "; ".join(notes)), formats.money(cents), drawn))
    return rows


def _reach(
    given: Answer, code: str, limits: Mapping[str, Limit], reached: tuple[int, int]
) -> Reach:
    count, cents = reached
    whole = given.rules.envelope_cents or 0
    measure = next((each.measure for each in limits.values()), "cents")
    floor, ceiling = (
        limits[f"{side}_{code}"].amount if f"{side}_{code}" in limits else 0
        for side in ("least", "most")
    )
    if measure == "projects":
        return Reach(count, max(len(given.cents), floor, ceiling), floor, ceiling)
    if measure == "cents":
        return Reach(cents, whole, floor, ceiling)
    part = Decimal(whole) / portfolio.WHOLE
    return Reach(cents, whole, floor * part, ceiling * part)


def _limit_said(limit: Limit) -> str:
    said = _("at least %(amount)s") if limit.is_floor else _("at most %(amount)s")
    if limit.measure == "cents":
        amount = formats.money(limit.amount)
    elif limit.measure == "projects":
        amount = ngettext("%(n)s file", "%(n)s files", limit.amount)
        amount %= {"n": formats.number(limit.amount)}
    else:
        amount = formats.percent(Decimal(limit.amount) / portfolio.WHOLE, places=2)
    return said % {"amount": amount}


def step_head() -> list[str]:
    """What stands over the columns of `step_rows`."""
    return [_("Envelope"), _("Files"), pgettext("plan", "Points"), _("Come in"), _("Fall out")]


def step_rows(steps: Sequence[Step]) -> list[list[Any]]:
    """The plan with another envelope: its worth, who comes in and who falls out."""
    return [_step(each) for each in steps]


def _step(each: Step) -> list[Any]:
    sign = "+" if each.percent > 0 else "\N{MINUS SIGN}"
    changed = f"{sign}{formats.percent(abs(Decimal(each.percent)) / 100)}"
    first = Noted(changed, formats.money(each.envelope_cents or 0))
    if each.points is None:
        return [first, "—", _("no plan keeps the rules"), "—", "—"]
    return [
        first,
        formats.number(each.projects),
        score(each.points),
        _links(each.enters),
        _links(each.leaves),
    ]


def _links(files: Sequence[str]) -> list[Link] | str:
    return [Link(name, reverse("decisions:file", args=[name])) for name in files] or "—"


def ways_out(given: Answer, words: Words) -> list[str]:
    """The fewest rules that would have to give way, in sentences."""
    eased = given.selection.relaxation
    return [words.said(each.reason) for each in eased.easings] if eased else []


def offer_text(cents: Mapping[str, int]) -> str:
    """A plan as its form sends it: reference and cents of each file."""
    return " ".join(f"{name}:{amount}" for name, amount in sorted(cents.items()))


def offer_of(text: str) -> dict[str, int]:
    """What a form sent; anything unreadable is nothing."""
    pairs = [each.partition(":") for each in text.split()]
    if not all(amount.isascii() and amount.isdecimal() for _name, _colon, amount in pairs):
        return {}
    return {name: int(amount[:15]) for name, _colon, amount in pairs}
