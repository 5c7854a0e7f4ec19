"""What the agreement says: the pack's articles filled in, and annexes from what was submitted."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from monarca.engines.documents.writing import markdown
from monarca.engines.documents.writing.shapes import (
    Article,
    Document,
    Fact,
    Language,
    Party,
    Signature,
    Table,
)
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.states import Condition, InstalmentKind
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import BudgetLine
from monarca.grants.calls import queries as calls
from monarca.kit import formats, trilingual

type Definition = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """Everything the paper is made of, loaded once."""

    agreement: Agreement
    definition: Definition
    answers: Mapping[str, Any]
    lines: tuple[BudgetLine, ...]
    parts: tuple[Instalment, ...]

    @property
    def language(self) -> str:
        return self.agreement.language

    def said(self, texts: Mapping[str, str] | None) -> str:
        return trilingual.say(texts, self.language).text

    def money(self, cents: int, currency: str = "CAD") -> str:
        return formats.money(cents, currency, self.language)

    def day(self, value: date) -> str:
        return formats.day(value, self.language)


def text_of(agreement: Agreement) -> dict[str, Any]:
    """The whole paper as it would be sent now, as plain data for `Agreement.text`."""
    return asdict(_document(_source(agreement)))


def document_of(agreement: Agreement) -> Document:
    """The paper as the writers take it, exactly as it was kept."""
    return frozen(agreement.text)


def frozen(text: Mapping[str, Any]) -> Document:
    """The `Document` that was kept as plain data."""
    return Document(
        **{
            **text,
            "parties": tuple(Party(**{**p, "lines": tuple(p["lines"])}) for p in text["parties"]),
            "facts": tuple(Fact(**one) for one in text["facts"]),
            "tables": _tables(text["tables"]),
            "articles": _articles(text["articles"]),
            "signatures": tuple(Signature(**one) for one in text["signatures"]),
            "annexes": _articles(text["annexes"]),
        }
    )


def _articles(rows: Iterable[Mapping[str, Any]]) -> tuple[Article, ...]:
    return tuple(Article(**{**row, "tables": _tables(row["tables"])}) for row in rows)


def _tables(rows: Iterable[Mapping[str, Any]]) -> tuple[Table, ...]:
    return tuple(
        Table(
            caption=row["caption"],
            head=tuple(row["head"]),
            rows=tuple(tuple(cells) for cells in row["rows"]),
            numeric=tuple(row["numeric"]),
            foot=tuple(row["foot"]),
        )
        for row in rows
    )


def _source(agreement: Agreement) -> Source:
    file = agreement.application
    submission = applications.last_submission(file)
    lines = BudgetLine.objects.filter(application=file).order_by("position")
    parts = Instalment.objects.filter(agreement=agreement).order_by("number")
    return Source(
        agreement=agreement,
        definition=calls.definition(file.form_id),
        answers=submission.content.get("answers", {}) if submission else {},
        lines=tuple(lines),
        parts=tuple(parts),
    )


def _document(source: Source) -> Document:
    agreement, definition = source.agreement, source.definition
    values = _values(source)
    with override(source.language):
        return Document(
            language=cast("Language", source.language),
            title=_("Contribution agreement"),
            subtitle=agreement.title,
            number=agreement.number,
            author=source.said(definition["mission"]["name"]),
            parties=_parties(values),
            facts=_facts(source),
            articles=tuple(_articles_of(source, values)),
            signatures=_signatures(values),
            annexes=(_plan(source), _budget(source), _payments(source)),
            footer=source.said(definition["fund"]["name"]),
        )


def _values(source: Source) -> dict[str, str]:
    """The placeholders of the pack's articles."""
    agreement, definition = source.agreement, source.definition
    mission, call = definition["mission"], agreement.application.call
    return {
        "number": agreement.number,
        "reference": agreement.application.reference,
        "title": agreement.title,
        "mission": source.said(mission["name"]),
        "signatory": source.said(mission["signatory"]),
        "address": f"{source.said(mission['address'])}, {mission['email']}",
        "organisation": agreement.recipient.legal_name,
        "representative": str(source.answers.get("representative_name") or "—"),
        "representative_title": str(source.answers.get("representative_title") or "—"),
        "amount": source.money(agreement.amount_cents, call.currency),
        "currency": call.currency,
        "local_currency": call.local_currency,
        "starts_on": source.day(agreement.starts_on),
        "ends_on": source.day(agreement.activities_end_on),
        "fiscal_year": call.fiscal_year,
        "overhead_percent": str(definition["budget"]["overhead_percent"]),
        "variance_percent": str(definition["call"]["variance_percent"]),
        "terms_version": agreement.terms_version,
    }


def _parties(values: Mapping[str, str]) -> tuple[Party, ...]:
    lines = (values["representative"], values["representative_title"])
    spoken = tuple(line for line in lines if line != "—")
    return (
        Party(
            role=pgettext("agreement", "Canada"),
            name=values["mission"],
            lines=(values["address"],),
        ),
        Party(
            role=pgettext("agreement", "The organization"),
            name=values["organisation"],
            lines=spoken,
        ),
    )


def _facts(source: Source) -> tuple[Fact, ...]:
    agreement = source.agreement
    rows = (
        (_("Application"), agreement.application.reference),
        (_("Project"), agreement.title),
        (_("Contribution, at most"), source.money(agreement.amount_cents)),
        (_("Activities"), _("%(first)s to %(last)s") % _days(source)),
        (_("The agreement ends"), source.day(agreement.ends_on)),
        (_("General terms, version"), agreement.terms_version),
    )
    return tuple(Fact(label=label, value=value) for label, value in rows)


def _days(source: Source) -> dict[str, str]:
    agreement = source.agreement
    return {
        "first": source.day(agreement.starts_on),
        "last": source.day(agreement.activities_end_on),
    }


def _articles_of(source: Source, values: Mapping[str, str]) -> Iterable[Article]:
    """The pack's articles in order; the committee's conditions stand before the signatures."""
    conditions = _conditions(source)
    for row in source.definition["agreement"]["articles"]:
        if conditions and row["key"] == "signatures":
            yield conditions
            conditions = None
        yield Article(
            key=row["key"],
            title=markdown.fill(source.said(row["title"]), values),
            text=markdown.fill(source.said(row["text"]), values),
            check=bool(row.get("check")),
        )
    if conditions:
        yield conditions


def _conditions(source: Source) -> Article | None:
    lines = [line.strip() for line in source.agreement.conditions.splitlines() if line.strip()]
    if not lines:
        return None
    text = "\n".join(f"- {markdown.literal(line)}" for line in lines)
    return Article(key="conditions", title=_("Conditions of this contribution"), text=text)


def _signatures(values: Mapping[str, str]) -> tuple[Signature, ...]:
    return (
        Signature(party=values["mission"], name="", title=values["signatory"]),
        Signature(
            party=values["organisation"],
            name=values["representative"],
            title=values["representative_title"],
        ),
    )


def _plan(source: Source) -> Article:
    """Annex A: the purpose, the results and the activities, in the applicant's own words."""
    answers = source.answers
    results = [str(row.get("result") or "") for row in _rows(answers.get("results"))]
    text = markdown.plain(str(answers.get("purpose") or ""))
    listed = "\n".join(f"- {markdown.literal(one)}" for one in results if one.strip())
    head = (_("Activity"), _("What it produces"), _("Begins"), _("Ends"))
    keys = ("activity", "output", "starts", "ends")
    rows = tuple(
        tuple(str(row.get(key) or "") for key in keys) for row in _rows(answers.get("activities"))
    )
    table = Table(caption=_("Work plan"), head=head, rows=rows)
    return Article(
        key="plan",
        title=_("Description and work plan"),
        text=f"{text}\n\n{listed}",
        tables=(table,) if rows else (),
    )


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _budget(source: Source) -> Article:
    """Annex B: what Canada's part pays, in the currency of the budget and in Canadian dollars."""
    amount = source.agreement.amount_cents
    asked = source.agreement.application.requested_cents
    text = _("Canada's part is at most %(amount)s.") % {"amount": source.money(amount)}
    if asked and asked != amount:
        more = _(
            "The application asked for %(asked)s. Before the first payment the organization sends"
            " this budget adapted to Canada's part; agreed in writing, it replaces the table."
        )
        text += "\n\n" + more % {"asked": source.money(asked)}
    table = _lines(source)
    return Article(
        key="budget",
        title=_("Budget"),
        text=markdown.plain(text),
        tables=(table,) if table else (),
    )


def _lines(source: Source) -> Table | None:
    lines = [line for line in source.lines if line.fund_cents]
    if not lines:
        return None
    named = {row["code"]: row["label"] for row in source.definition["budget"]["categories"]}
    local = lines[0].currency
    rows = tuple(
        (
            source.said(named.get(line.category)) or line.category,
            line.description,
            source.money(line.fund_cents, line.currency),
            source.money(line.cad_cents),
        )
        for line in lines
    )
    total = source.money(sum(line.fund_cents for line in lines), local)
    cad = source.money(sum(line.cad_cents for line in lines))
    return Table(
        caption=_("Costs that Canada's part pays"),
        head=(_("Category"), _("Cost"), _("In the budget"), _("At the call's rate")),
        rows=rows,
        numeric=(2, 3),
        foot=(_("Total"), "", total, cad),
    )


def _payments(source: Source) -> Article:
    """Annex C: the instalments, what each waits for, and when."""
    rows = tuple(
        (
            str(part.number),
            str(InstalmentKind(part.kind).label),
            _waits_for(part.condition),
            source.day(part.due_on),
            source.money(part.cents),
        )
        for part in source.parts
    )
    total = source.money(sum(part.cents for part in source.parts))
    table = Table(
        caption=_("Payments"),
        head=(_("Number"), _("Kind"), _("Waits for"), _("Planned for"), _("Amount")),
        rows=rows,
        numeric=(4,),
        foot=(_("Total"), "", "", "", total),
    )
    text = _("Each report is due on the day planned for the payment that waits for it, or before.")
    return Article(
        key="payments", title=_("Payments and reports"), text=markdown.plain(text), tables=(table,)
    )


def _waits_for(condition: str) -> str:
    known = condition in Condition.values
    return str(Condition(condition).label) if known else condition
