"""What was read, to be confirmed: every answer with how surely and where, faults, the rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from monarca.engines import budgets, eligibility, questions
from monarca.engines.budgets import Line
from monarca.engines.documents import stored
from monarca.engines.reasons import Reason
from monarca.grants.applications.forms import asking, posting
from monarca.grants.applications.forms.shapes import Field, Group
from monarca.grants.applications.forms.source import Paper, place_in_words
from monarca.grants.applications.models import Application, Intake
from monarca.grants.applications.queries import STATES, Sheet, budget_context
from monarca.grants.applications.states import SetAside
from monarca.grants.calls import queries as calls
from monarca.ground.partners.models import Organisation
from monarca.kit import formats, reasons, trilingual, widgets
from monarca.kit.parts import Status

WELL = 90
LANGUAGES = ("es", "en", "fr")


@dataclass(frozen=True, slots=True)
class Whence:
    """How surely an answer was read and where; `quote` is what was written but not understood."""

    said: Status
    place: str = ""
    anchor: str = ""
    quote: str = ""
    needs_a_look: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One section: its title and its groups of (field, whence)."""

    key: str
    title: str
    groups: Sequence[tuple[Group, Sequence[tuple[Field, Whence]]]]

    @property
    def looks(self) -> list[Field]:
        return [
            field for _group, rows in self.groups for field, whence in rows if whence.needs_a_look
        ]


def sheet_of(
    intake: Intake, answers: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> Sheet:
    """The arrival as an application nobody has made yet: to be drawn, and held to the rules."""
    form = calls.form_of(intake.call)
    language = answers.get("language")
    application = Application(
        call=intake.call,
        form=form,
        applicant=Organisation(legal_name=stored.words(answers.get("legal_name"))),
        reference=intake.key,
        language=language if language in LANGUAGES else "es",
        requested_cents=stored.cents(answers.get("requested")),
        starts_on=stored.day(answers.get("starts_on")),
        ends_on=stored.day(answers.get("ends_on")),
    )
    currencies = [str(row["currency"]) for row in rows if row.get("currency")]
    currency = currencies[0] if currencies else intake.call.local_currency
    years = budget_context(application, answers, currency).years
    return Sheet(
        application,
        definition=calls.definition_in(form),
        answers={**answers, "budget": _in_years(rows, years)},
        attached=(),
        lines=tuple(_line(at, row) for at, row in enumerate(rows, 1)),
        currency=currency,
        saved_at=None,
    )


def _in_years(rows: Sequence[Mapping[str, Any]], years: Sequence[str]) -> list[dict[str, Any]]:
    """Rows whose fiscal year is named as the form names it: "1" is the first."""
    named = [budgets.year_label(str(row.get("fiscal_year") or ""), years) for row in rows]
    return [
        {**row, "fiscal_year": year} if year else dict(row)
        for row, year in zip(rows, named, strict=True)
    ]


def _line(at: int, row: Mapping[str, Any]) -> Line:
    def words(name: str) -> str:
        return stored.words(row.get(name))

    def share(name: str) -> int:
        return _cents(row.get(f"{name}_cents")) or 0

    return Line(
        key=f"r{at}",
        activity=words("activity"),
        category=words("category"),
        description=words("description"),
        unit=words("unit"),
        quantity=_quantity(row.get("quantity")),
        unit_cents=_cents(row.get("unit_cents")),
        total_cents=_cents(row.get("total_cents")),
        fund_cents=share("fund"),
        own_cents=share("own"),
        in_kind_cents=share("in_kind"),
        other_cents=share("other"),
        other_donor=words("other_donor"),
        fiscal_year=words("fiscal_year"),
    )


def _cents(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _quantity(value: Any) -> Decimal | None:
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


# -- the fields -------------------------------------------------------------------------------


def parts_of(
    intake: Intake,
    sheet: Sheet,
    paper: Paper | None,
    *,
    errors: Mapping[str, str],
    add: str = "",
) -> list[Part]:
    """Every section with its fields, and for each field how and where it was read."""
    read = {**_told(intake), **{one["key"]: one for one in stored.fields(intake.read)}}
    corrected = intake.corrected.get("answers")
    unread = Whence(Status("")) if not read and corrected is None else None
    made = []
    for section in _typed(sheet.definition):
        groups = []
        for group in asking.fields_of(sheet, section, errors=errors, add=add):
            rows = [
                (bare(each), unread or whence(read.get(each.id), corrected, each.id, paper))
                for each in group.fields
            ]
            groups.append((group, rows))
        made.append(Part(section["key"], trilingual.say(section["title"]).text, groups))
    return made


def _told(intake: Intake) -> dict[str, Mapping[str, Any]]:
    """The language is told from the words of the document where no answer names it."""
    language = intake.read.get("language")
    field = {"key": "language", "value": language, "text": "", "confidence": WELL - 1, "place": ""}
    return {"language": field} if language else {}


def _typed(definition: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The sections without questions that ask for a file: the files are here already."""
    found = []
    for section in definition["sections"]:
        asked = [one for one in section["questions"] if one["kind"] != "file"]
        if asked:
            found.append({**section, "questions": asked})
    return found


def bare(field: Field) -> Field:
    """Without the hint for applicants: the person here compares, and does not compose."""
    return replace(field, hint="", optional=False)


def whence(
    field: Mapping[str, Any] | None,
    corrected: Mapping[str, Any] | None,
    key: str,
    paper: Paper | None,
) -> Whence:
    value = field.get("value") if field else None
    if corrected is not None and not stored.same(corrected.get(key), value):
        by_hand = Status(_("Written by a person"), "info")
        return replace(_read(field, paper), said=by_hand, needs_a_look=False, quote="")
    return _read(field, paper)


def _read(field: Mapping[str, Any] | None, paper: Paper | None) -> Whence:
    if field is None:
        return Whence(Status(_("Not in the document"), "plain"))
    place, text = str(field["place"]), str(field["text"])
    anchor = paper.find(place, text) if paper and text else ""
    where = place_in_words(place)
    if field["value"] is None and not text:
        return Whence(Status(_("Left empty in the document"), "plain"), where, anchor)
    if field["value"] is None:
        said = Status(_("Look at this: not understood"), "warn")
        return Whence(said, where, anchor, text[:600], needs_a_look=True)
    return Whence(_sure(int(field["confidence"])), where, anchor, "", stored.is_doubtful(field))


def _sure(confidence: int) -> Status:
    points = {"points": formats.number(confidence)}
    if confidence < stored.SURE:
        return Status(_("Look at this: read with doubt (%(points)s of 100)") % points, "warn")
    if confidence < WELL:
        return Status(_("Read well (%(points)s of 100)") % points, "plain")
    return Status(_("Read surely (%(points)s of 100)") % points, "plain")


# -- what is wrong -----------------------------------------------------------------------------


def faults_of(intake: Intake, sheet: Sheet) -> list[str]:
    """What the reading itself found: sums that differ, a paper that could not be read."""
    budget = intake.read.get("budget") or {}
    found = [*(intake.read.get("problems") or ()), *(budget.get("problems") or ())]
    said = [reasons.sentence(Reason(one["code"], one.get("values") or {})) for one in found]
    for part in intake.read.get("attachments") or ():
        said += [
            f"{part['name']}: {reasons.sentence(Reason(one['code'], one.get('values') or {}))}"
            for one in part.get("problems") or ()
            if one not in found
        ]
    if intake.read.get("whence") == "sender":
        said.append(_("Only its sender says when it was sent; no mail server of ours did."))
    if intake.received_at >= intake.call.closes_at:
        said.append(_("It arrived after the call had closed; screening decides."))
    if not sheet.lines:
        said.append(_("No budget was found."))
    return list(dict.fromkeys(said))


def rules_of(intake: Intake, sheet: Sheet) -> list[tuple[str, str]]:
    """What the rules of the call will find in it as it stands: (rule, why)."""
    call = intake.call
    facts = eligibility.Facts(
        received_at=intake.received_at,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        answers=sheet.answers,
        language=sheet.application.language,
        lines=sheet.lines,
        budget=sheet.budget,
        states=STATES,
    )
    names = {rule["id"]: trilingual.say(rule["label"]).text for rule in sheet.definition["rules"]}
    findings = eligibility.check(sheet.definition, facts)
    found = [*eligibility.what_blocks(findings), *eligibility.to_decide(findings)]
    said = {
        one.rule: (names[one.rule], reasons.sentence(one.reason))
        for one in found
        if one.outcome == "fail" and one.kind != "form_complete"
    }
    return list(said.values())


def facts_of(intake: Intake) -> list[tuple[str, Any]]:
    """When it arrived, from whom, in which language, and what became of it."""
    zone = intake.call.time_zone
    rows: list[tuple[str, Any]] = [
        (_("Call"), intake.call.code),
        (_("Arrived"), formats.instant(intake.received_at, zone)),
        (_("Sent by"), intake.sender),
        (_("Subject"), stored.words(intake.read.get("subject"))),
        ("SHA-256", format_html("<code>{}</code>", intake.sha256)),
    ]
    if intake.application:
        rows.append((_("Application"), intake.application.reference))
    if intake.refused_for:
        rows.append((_("Set aside"), str(SetAside(intake.refused_for).label)))
        rows.append((_("Note"), intake.note))
    return [(term, said) for term, said in rows if said]


def groups_of(known: Sequence[Application]) -> list[tuple[str, str, str]]:
    """The groups it may be of, for a person to choose: (value, name, note)."""
    return [
        (one.reference, one.applicant.legal_name, _("Known from %(ref)s") % {"ref": one.reference})
        for one in known
    ]


# -- what was typed -----------------------------------------------------------------------------


def read_answers(
    definition: Mapping[str, Any], sent: Mapping[str, Sequence[str]], *, language: str
) -> tuple[dict[str, Any], dict[str, str]]:
    """Every answer as typed, and a sentence for each field that could not be read."""
    values: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for section in _typed(definition):
        given, found = posting.read(section, sent, language=language)
        values |= {key: value for key, value in given.items() if not questions.is_blank(value)}
        wrong |= asking.shown_problems(found)
    if not stored.group(values):
        wrong.setdefault("legal_name", _("Write the name of the group, or what to call it."))
    return values, wrong


class SettingAside(forms.Form):
    """Why what arrived does not become an application."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why is it set aside?"),
        choices=SetAside.choices,
        widget=widgets.Choices(),
        error_messages={"required": gettext_lazy("Choose why it is set aside.")},
    )
    note = forms.CharField(
        label=gettext_lazy("A note for your colleagues"),
        help_text=gettext_lazy("Needed for another reason. Nobody outside the embassy sees it."),
        max_length=500,
        required=False,
        widget=widgets.Words(rows=3),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("reason") == SetAside.OTHER and not given.get("note"):
            self.add_error("note", _("Say in words why."))
        return given
