"""The list of files and one file's dossier: what was asked, where it stands, who did what."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from monarca.engines import budgets
from monarca.grants.applications import queries as applications
from monarca.grants.applications.forms import saying
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.calls import queries as calls
from monarca.ground.files import http as sending
from monarca.ground.journal.models import Entry
from monarca.ground.people.http import Request
from monarca.kit import formats, paging, trilingual
from monarca.kit.parts import Link, Noted
from monarca.portal.dossier import queries, states
from monarca.portal.dossier.states import KEY, VERBS

TABS = (
    ("summary", pgettext_lazy("tab", "Summary")),
    ("answers", pgettext_lazy("tab", "Answers")),
    ("budget", pgettext_lazy("tab", "Budget")),
    ("documents", pgettext_lazy("tab", "Documents")),
    ("journal", pgettext_lazy("tab", "Journal")),
)
ROOMS = (
    ("screening", gettext_lazy("Screening")),
    ("reviews", gettext_lazy("Reviews")),
    ("decisions", gettext_lazy("Decision")),
    ("agreements", gettext_lazy("Agreement")),
    ("reports", gettext_lazy("Reports")),
    ("payments", gettext_lazy("Payments")),
    ("results", gettext_lazy("Results")),
    ("disclosure", gettext_lazy("Disclosure")),
)


@login_required
def files(request: Request) -> HttpResponse:
    wanted = queries.Filter(
        call=request.GET.get("call", "")[:20], words=request.GET.get("q", "").strip()[:80]
    )
    rows = queries.files(request.user, wanted, at=request.at)
    page = paging.screen(rows.select_related("applicant", "call"), request.GET.get("page"))
    codes = queries.calls_of(request.user, at=request.at)
    options = [("", _("All calls")), *((code, code) for code in codes)]
    context = {
        "page": page,
        "rows": [row_of(file, stage) for file, stage in queries.with_stages(list(page.rows))],
        "head": [_("File"), _("Organization"), _("Amount"), _("Arrived"), _("Where it is")],
        "found": ngettext("%(n)s file", "%(n)s files", page.total)
        % {"n": formats.number(page.total)},
        "controls": [
            ("q", _("Reference, title or organization"), wanted.words),
            ("call", _("Call"), wanted.call, options),
        ],
        "query": f"q={wanted.words}&call={wanted.call}",
    }
    return render(request, "dossier/files.html", context)


def row_of(file: Application, stage: int) -> tuple[Any, ...]:
    """One file in a list; a restricted one shows its alias and neither group nor title."""
    address = reverse("dossier:dossier", args=[file.reference])
    open_ = file.sensitivity == Sensitivity.OPEN
    note = file.reference if open_ else _("Restricted")
    return (
        Link(file.shown_title or _("Without a title"), address, note),
        Noted(file.applicant.legal_name if open_ else "—"),
        formats.money(file.requested_cents) if file.requested_cents is not None else "—",
        formats.day(file.submitted_at.date(), style="medium") if file.submitted_at else "—",
        states.shown(stage),
    )


@login_required
def dossier(request: Request, reference: str) -> HttpResponse:
    rows = queries.readable(request.user, at=request.at)
    file = get_object_or_404(rows.select_related("applicant", "call"), reference=reference)
    view = request.GET.get("v", "summary")
    here = next((place for place, (key, _name) in enumerate(TABS) if key == view), 0)
    stage = queries.stage(file)
    context = {
        "file": file,
        "stage": states.shown(stage),
        "place": states.STAGES[stage][1],
        "tabs": [(name, f"?v={key}") for key, name in TABS],
        "here": here,
        "heading": TABS[here][1],
        "view": TABS[here][0],
        "rooms": rooms_of(request, file),
        **VIEWS[TABS[here][0]](file),
    }
    return render(request, "dossier/dossier.html", context)


def rooms_of(request: Request, file: Application) -> list[tuple[str, str]]:
    """Links to the file's page in each room where this person finds one."""
    found = queries.doors(request.user, file, at=request.at)
    return [
        (str(name), reverse(f"{room}:file", args=[file.reference]))
        for room, name in ROOMS
        if room in found
    ]


def summary(file: Application) -> dict[str, Any]:
    """The few facts everybody asks first, and what happened lately."""
    definition = calls.definition(file.form_id)
    names = {code: trilingual.say(label).text for code, label in priorities(definition).items()}
    places = [str(place) for place in applications.places_of(file)]
    rows = [
        (_("Organization"), file.applicant.legal_name),
        (_("Asked"), formats.money(file.requested_cents) if file.requested_cents else "—"),
        (_("Priority"), names.get(file.priority, "—")),
        (_("Where"), ", ".join(places) or "—"),
        (_("When"), period(file)),
        (_("Language"), dict(LANGUAGES)[file.language]),
        (_("Arrived"), arrived(file)),
    ]
    return {"facts": rows, "story": story(queries.story(file)[:12], file)}


LANGUAGES = (("es", "Español"), ("en", "English"), ("fr", "Français"))


def arrived(file: Application) -> str:
    at = file.submitted_at
    return formats.instant(at, file.call.time_zone) if at else "—"


def period(file: Application) -> str:
    days = [formats.day(day) for day in (file.starts_on, file.ends_on) if day]
    return " – ".join(days) or "—"


def priorities(definition: Mapping[str, Any]) -> dict[str, Mapping[str, str]]:
    found = {}
    for node in definition["priorities"]:
        for each in (node, *node.get("children", ())):
            found[each["code"]] = each["label"]
    return found


def answers(file: Application) -> dict[str, Any]:
    """The applicant's own words, section by section, in the language they were written in."""
    sheet = applications.sheet_of(file)
    sections = []
    for section in sheet.definition["sections"]:
        said = saying.answers_in_words(sheet, section, {})
        rows = [(each.label, each.words) for each in said if each.words]
        if rows:
            sections.append({"title": trilingual.say(section["title"]).text, "rows": rows})
    return {"sections": sections}


def budget(file: Application) -> dict[str, Any]:
    """The budget as submitted, with its sums."""
    lines = applications.lines_of(file)
    currency = applications.currency_of(file)
    names = {
        each["code"]: trilingual.say(each["label"]).text
        for each in calls.definition(file.form_id)["budget"]["categories"]
    }
    sums = budgets.totals(lines).columns
    columns = ("total", "fund", "own", "in_kind", "other")
    rows = [
        (
            Noted(
                line.description or names.get(line.category, "—"),
                names.get(line.category, ""),
                file.language if line.description else "",
            ),
            *(formats.money(line.column(name), currency) for name in columns),
        )
        for line in lines
    ]
    return {
        "lines": rows,
        "line_head": [_("Line"), _("Total"), _("Fund"), _("Own"), _("In kind"), _("Others")],
        "line_foot": [_("Total"), *(formats.money(sums[name], currency) for name in columns)],
    }


def documents(file: Application) -> dict[str, Any]:
    """The papers that belong to the file; one that was set apart cannot be opened."""
    rows = [
        (
            Link(
                each.file.name,
                reverse("dossier:document", args=[file.reference, each.file.sha256[:16]]),
            )
            if each.file.kind
            else Noted(each.file.name, _("Kept as evidence; it cannot be opened")),
            _("%(kb)s KB") % {"kb": formats.number(-(-each.file.size // 1024))},
            each.file.sha256[:16],
        )
        for each in applications.attached_to(file)
    ]
    return {"papers": rows, "paper_head": [_("Document"), _("Size"), _("SHA-256 begins")]}


def journal(file: Application) -> dict[str, Any]:
    return {"story": story(queries.story(file), file)}


VIEWS = {
    "summary": summary,
    "answers": answers,
    "budget": budget,
    "documents": documents,
    "journal": journal,
}


def story(entries: list[Entry], file: Application) -> list[tuple[str, str, str, bool]]:
    """Acts as a timeline: instant, when in the call's zone, who did what, is it a turn."""
    zone = file.call.time_zone
    return [
        (
            entry.at.isoformat(),
            formats.instant(entry.at, zone),
            told(entry),
            entry.verb in KEY,
        )
        for entry in entries
    ]


def told(entry: Entry) -> str:
    what = str(VERBS.get(entry.verb, entry.verb))
    who = entry.by.get_short_name() if entry.by else ""
    return f"{what} · {who}" if who else what


@login_required
def document(request: Request, reference: str, digest: str) -> FileResponse:
    """One paper of a file, always as a download."""
    rows = queries.readable(request.user, at=request.at)
    file = get_object_or_404(rows, reference=reference)
    papers = applications.attached_to(file).filter(file__sha256__startswith=digest)
    return sending.send(get_object_or_404(papers[:1]).file)
