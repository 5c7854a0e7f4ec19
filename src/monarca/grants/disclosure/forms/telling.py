"""What the public pages print: lists, figures, results and files, from redacted records only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext
from django.utils.translation import gettext as _

from monarca.engines.publishing.disclosure import Disclosure as Told
from monarca.engines.publishing.disclosure import Indicator, Value
from monarca.grants.disclosure.forms.naming import SECTORS
from monarca.grants.disclosure.models import Export
from monarca.grants.disclosure.queries import Project, PublicFile
from monarca.grants.disclosure.states import Further, Kind
from monarca.grants.results.states import MARKERS, SIGNIFICANCE
from monarca.kit import formats, trilingual
from monarca.kit.parts import Bar, Noted, Status

type Names = Mapping[str, Mapping[str, str]]

DISBURSEMENT = "3"
TOTALS = ""
UNBROKEN = "\u2011"  # a hyphen at which no line ends
GROUPS = {
    TOTALS: gettext_lazy("Everybody"),
    "women": gettext_lazy("Women"),
    "men": gettext_lazy("Men"),
    "girls": gettext_lazy("Girls"),
    "boys": gettext_lazy("Boys"),
    "non-binary people": gettext_lazy("Non-binary people"),
}
STATUSES = {
    "2": Status("", "info"),
    "3": Status("", "info"),
    "4": Status("", "ok"),
    "5": Status("", "warn"),
    "6": Status("", "warn"),
}


def said(texts: Mapping[str, str]) -> str | SafeString:
    """A text of a record; in another language than the reader's it says so."""
    text, language = trilingual.say(texts)
    if not text or language == (get_language() or "en")[:2]:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def status_tag(record: Told) -> Status:
    """How far the project is, as IATI's ActivityStatus says it."""
    words = {
        "2": _("Under way"),
        "3": _("Activities ended"),
        "4": pgettext("project", "Closed"),
        "5": _("Ended early"),
        "6": _("Suspended"),
    }
    return Status(words[record.status], STATUSES[record.status].tone)


def place_of(record: Told) -> str:
    """The states, or that the place is not told."""
    names = [trilingual.say(place.names).text for place in record.places]
    return ", ".join(names) or _("not told")


def project_rows(rows: Iterable[Project], priorities: Names) -> list[tuple[Any, ...]]:
    """Public records in a list; one without a name says that it has none, and no more."""
    return [
        (
            format_html(
                '<a href="{}">{}</a><small>{}</small>',
                reverse("disclosure:project", args=[row.slug]),
                said(row.record.title),
                said(row.record.recipient.names),
            ),
            place_of(row.record),
            said(priorities.get(row.priority, {})),
            formats.money(row.record.total_cents),
            row.fiscal_year.replace("-", UNBROKEN),
        )
        for row in rows
    ]


def kicker(project: Project, priorities: Names) -> str | SafeString:
    """Place, priority and year over the title."""
    parts = [place_of(project.record)] if project.record.places else []
    parts += [said(priorities.get(project.priority, {})), project.fiscal_year]
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def list_head() -> list[str]:
    return [_("Project"), _("Place"), _("Priority"), _("Amount"), _("Year")]


def batch_rows(rows: Iterable[Told]) -> list[tuple[Any, ...]]:
    """Records told together only."""
    return [(said(row.title), formats.money(row.total_cents)) for row in rows]


def priority_rows(totals: Mapping[str, int], priorities: Names) -> list[tuple[Any, ...]]:
    """Money agreed by priority, the largest first, drawn."""
    top = max(totals.values(), default=0)
    ordered = sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        (said(priorities.get(code, {})) or code, Bar(cents, top), formats.money(cents))
        for code, cents in ordered
    ]


def list_figures(count: int, cents: int, states: int) -> list[tuple[str, str]]:
    return [
        (formats.number(count), ngettext("project", "projects", count)),
        (formats.money(cents), _("agreed with organizations")),
        (formats.number(states), ngettext("state of Mexico", "states of Mexico", states)),
    ]


def figures_of(record: Told) -> list[tuple[str, str]]:
    """The contribution, how long it lasts, what was paid so far."""
    paid = sum(one.cents for one in record.transactions if one.kind == DISBURSEMENT)
    months = max(1, round(Decimal((record.ends_on - record.starts_on).days) / Decimal("30.44")))
    return [
        (formats.money(record.total_cents), _("contribution of the fund")),
        (
            ngettext("%(n)s month", "%(n)s months", months) % {"n": formats.number(months)},
            _("from %(first)s to %(last)s")
            % {
                "first": formats.day(record.starts_on, style="medium"),
                "last": formats.day(record.ends_on, style="medium"),
            },
        ),
        (formats.money(paid), _("paid so far")),
    ]


def facts_of(project: Project, priorities: Names) -> list[tuple[str, Any]]:
    """Who, where, what for, and under which numbers it stands in the open data."""
    record = project.record
    sector = record.sectors[0].code
    facts: list[tuple[str, Any]] = [
        (_("Organization"), said(record.recipient.names)),
        (_("Place"), place_of(record)),
        (_("Priority"), said(priorities.get(project.priority, {}))),
        (_("Purpose (OECD)"), f"{sector} · {SECTORS.get(sector, sector)}"),
        (_("Signed on"), formats.day(record.signed_on)),
        (_("Ends on"), formats.day(record.ends_on)),
    ]
    facts += [
        (str(MARKERS[one.code]), str(SIGNIFICANCE[int(one.significance)])) for one in record.markers
    ]
    return [*facts, (_("Reference"), record.reference)]


@dataclass(frozen=True, slots=True)
class Measured:
    """Indicators in a table: before, target, reached; and whom they reached."""

    rows: list[tuple[Any, ...]]
    groups: list[tuple[str, list[tuple[Any, ...]]]]


def measured(record: Told) -> Measured:
    """The results of a record; empty where none is told."""
    indicators = [each for result in record.results for each in result.indicators]
    return Measured(
        rows=[_indicator_row(each) for each in indicators],
        groups=[(str(said(each.title)), rows) for each in indicators if (rows := _groups(each))],
    )


def result_head() -> list[str]:
    return [_("What is measured"), _("Before"), _("Target"), _("Reached")]


def _indicator_row(indicator: Indicator) -> tuple[Any, ...]:
    period = indicator.periods[0]
    before = next((one.value for one in indicator.baselines), None)
    sign = "%" if indicator.measure == "2" else ""
    return (
        said(indicator.title),
        _amount(before, sign),
        _amount(_total(period.targets), sign),
        format_html("<strong>{}</strong>", _amount(_total(period.actuals), sign)),
    )


def _total(values: Sequence[Value]) -> Value | None:
    return next((one for one in values if not one.dimensions), None)


def _amount(value: Value | None, sign: str = "") -> str:
    if value is None or value.amount is None:
        return "—"
    return formats.number(value.amount) + ("\u00a0%" if sign else "")


def _groups(indicator: Indicator) -> list[tuple[Any, ...]]:
    """Who was reached, group by group, drawn against the largest."""
    split = [one for one in indicator.periods[0].actuals if one.dimensions]
    top = max((one.amount or 0 for one in split), default=0)
    return [
        (
            str(GROUPS.get(one.dimensions[0][1], one.dimensions[0][1])),
            Bar(one.amount or 0, top),
            _amount(one),
        )
        for one in split
    ]


def money_rows(record: Told) -> list[tuple[Any, ...]]:
    """Every change of the value and every payment, by day."""
    rows: list[tuple[Any, str, int]] = []
    before = 0
    for each in record.amendments:
        change, before = each.total_cents - before, each.total_cents
        if each.is_termination:
            words = _("Agreement ended early")
        else:
            words = _("Amendment %(n)s") % {"n": each.number} if each.number else _("Agreed")
        rows.append((each.signed_on, words, change))
    for one in record.transactions:
        words = _("Paid") if one.cents > 0 else _("Given back")
        rows.append((one.on, words, one.cents))
    ordered = sorted(rows, key=lambda row: row[0])
    return [
        (formats.day(on, style="medium"), words, formats.money(cents))
        for on, words, cents in ordered
    ]


def file_facts(file: PublicFile, last: Export | None) -> list[tuple[str, Any]]:
    """What one public file holds, and how anybody can see that it arrived whole."""
    digest = " ".join(file.sha256[place : place + 8] for place in range(0, 64, 8))
    rows: list[tuple[str, Any]] = [
        (_("Records"), formats.number(file.count)),
        (_("Size"), _("%(kb)s KB") % {"kb": formats.number(-(-len(file.data) // 1024))}),
        ("SHA-256", format_html("<code>{}</code>", digest)),
    ]
    if file.changed_at:
        rows.append((_("Latest change"), formats.instant(file.changed_at)))
    if last:
        rows.append((_("Last written by the installation"), formats.instant(last.at)))
    return rows


ADDRESSES: Mapping[str, str] = {
    Kind.IATI: "iati-activities",
    Kind.CANADA: "proactive-disclosure",
    Further.ORGANISATION: "iati-organisation",
    Further.GIVING: "360giving",
    Further.COMMON: "common-grants",
}


def address_of(file: PublicFile) -> tuple[str, str]:
    """The file's name and its address."""
    return file.name, reverse(ADDRESSES[file.kind])


NAMES: Mapping[str, Any] = {
    **{kind: kind.label for kind in Kind},
    Further.ORGANISATION: gettext_lazy("IATI organization file"),
    Further.GIVING: "360Giving",
    Further.COMMON: "CommonGrants",
}
KINDS: Mapping[str, Any] = {
    Kind.IATI: gettext_lazy(
        "Every project as an activity of the International Aid Transparency Initiative, "
        "version 2.03: money by date, budget, results, sector and markers."
    ),
    Kind.CANADA: gettext_lazy(
        "Grants and contributions as Canada’s Access to Information Act asks for them: "
        "a row for each agreement and each of its amendments, in English and French."
    ),
    Further.ORGANISATION: gettext_lazy(
        "The fund itself, for the International Aid Transparency Initiative, version 2.03: "
        "what each fiscal year has for announced calls, and what was paid."
    ),
    Further.GIVING: gettext_lazy(
        "Every project as a grant of the 360Giving data standard, version 1.4, which grant "
        "makers and researchers compare."
    ),
    Further.COMMON: gettext_lazy(
        "Every announced call and every project in the words of the CommonGrants protocol, "
        "version 0.4. The same is answered page by page and searched at "
        "/common-grants/opportunities and /common-grants/awards."
    ),
}


def described(kind: str) -> Noted:
    return Noted(str(NAMES[kind]), str(KINDS[kind]))
