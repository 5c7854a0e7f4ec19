"""What everybody reads: the series, their meetings, agreed texts, promises and reports."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_cookie

from monarca.engines.documents.writing import pdf
from monarca.ground.people.http import Request
from monarca.ground.people.models import User
from monarca.kit import formats
from monarca.kit.parts import Link
from monarca.programmes.dialogues import forms, queries
from monarca.programmes.dialogues.forms import calendar as files
from monarca.programmes.dialogues.http import saved
from monarca.programmes.dialogues.models import Edition, Series
from monarca.programmes.dialogues.views.answering import shown
from monarca.programmes.dialogues.views.edition import entry_of


def reader(request: Request) -> User | None:
    return request.user if request.user.is_authenticated else None


@vary_on_cookie
def index(request: Request) -> HttpResponse:
    """Every public series, and the meetings that come next."""
    rows = queries.public_series()
    coming = queries.public().filter(ends_at__gt=request.at).order_by("starts_at", "pk")[:20]
    table = [
        [
            Link(forms.said(row.name), reverse("dialogues:series", args=[row.code])),
            forms.series_kind(row),
        ]
        for row in rows
    ]
    context = {
        "head": [_("Series"), _("What it is")],
        "rows": table,
        "coming_head": forms.edition_head(),
        "coming": forms.edition_rows(coming.select_related("series"), desk=False),
    }
    return shown(request, "index", context)


def load(request: Request, code: str) -> Series:
    """A series that the reader may know of: public, or theirs."""
    rows = queries.series_visible_to(reader(request), at=request.at).select_related("mission")
    return get_object_or_404(rows, code=code)


@vary_on_cookie
def series(request: Request, code: str) -> HttpResponse:
    """A series: what it is for, its public meetings, the reports of its years."""
    row = load(request, code)
    met = queries.public().filter(series=row).select_related("series")
    promised = queries.of_series(row, reader(request), at=request.at)
    followed = queries.followed(promised[:50], reader(request), at=request.at)
    context = {
        "series": row,
        "facts": forms.series_facts(row),
        "head": forms.edition_head(),
        "rows": forms.edition_rows(met[:50], desk=False),
        "years": queries.years(row, reader(request), at=request.at),
        "promised_head": forms.followed_head(),
        "promised": forms.followed_rows(followed),
    }
    return shown(request, "series", context)


@vary_on_cookie
def edition(request: Request, code: str, ref: str) -> HttpResponse:
    """A public meeting: dates, open items, agreed texts, public promises; nothing inside."""
    row = _public(code, ref)
    promised = queries.of_edition(row, None, at=request.at)
    context = {
        "edition": row,
        "tag": forms.status_tag(row),
        "facts": forms.edition_facts(row),
        "head": forms.item_head(links=False),
        "rows": forms.item_rows(queries.public_items(row), links=False),
        "texts": [
            (text, forms.text_name(text), forms.lines(_kept(text), ""))
            for text in queries.public_texts(row)
        ],
        "promised_head": forms.followed_head(),
        "promised": forms.followed_rows(queries.followed(promised, None, at=request.at)),
        "takes": queries.open_to_everybody(row) and queries.takes_inputs(row, at=request.at),
        "is_inside": bool(queries.side_of(reader(request), row, at=request.at)),
    }
    return shown(request, "public", context)


def _kept(text: Any) -> list[queries.Standing]:
    """The paragraphs that were not struck out."""
    return [row for row in queries.standings(text) if not row.is_struck]


def _public(code: str, ref: str) -> Edition:
    rows = queries.public().select_related("series__mission")
    return get_object_or_404(rows, reference=ref, series__code=code)


def calendar(request: Request, code: str, ref: str) -> HttpResponse:
    """The calendar file of a public meeting, in the language of the address."""
    return _calendar(request, [_public(code, ref)], ref)


def series_calendar(request: Request, code: str) -> HttpResponse:
    """All public meetings of a series in one file, which calendars can follow."""
    row = get_object_or_404(queries.public_series(), code=code)
    met = queries.public().filter(series=row).select_related("series__mission")
    return _calendar(request, list(met[:200]), code, forms.said(row.name))


def _calendar(request: Request, met: list[Edition], name: str, title: str = "") -> HttpResponse:
    entries = [entry_of(row, _address(request, row)) for row in met]
    title = title or entries[0].summary
    body = files.write(title, entries, language=formats.language(), at=request.at)
    return saved(body, f"{name}.ics", "text/calendar; charset=utf-8", public=True)


def _address(request: Request, row: Edition) -> str:
    place = reverse("dialogues:public", args=[row.series.code, row.reference])
    return request.build_absolute_uri(place)


def _report(request: Request, code: str, year: int) -> queries.Report:
    """The report of a year of which there is something to tell; 404 otherwise."""
    row, user = load(request, code), reader(request)
    if year not in queries.years(row, user, at=request.at):
        raise Http404
    return queries.report(row, year, user, at=request.at)


def _is_whole(request: Request, report: queries.Report) -> bool:
    """Does this reader's report hold more than everybody's?"""
    public = queries.report(report.series, report.year, None, at=request.at)
    return (len(report.every), len(report.meetings)) != (len(public.every), len(public.meetings))


@vary_on_cookie
def report(request: Request, code: str, year: int) -> HttpResponse:
    """The annual report, made from the register as it stands now, for this reader."""
    made = _report(request, code, year)
    user = reader(request)
    context = {
        "report": made,
        "series": made.series,
        "title": forms.report_title(made.series, year),
        "figures": forms.report_figures(made),
        "bar_head": [_("Status"), "", _("Promises")],
        "bars": forms.report_bars(made),
        "head": forms.followed_head(),
        "made": forms.followed_rows(made.made),
        "older": forms.followed_rows(made.older),
        "met_head": forms.edition_head(),
        "met": forms.edition_rows(made.meetings, desk=False),
        "years": queries.years(made.series, user, at=request.at),
        "is_whole": _is_whole(request, made),
    }
    return shown(request, "report", context)


@vary_on_cookie
def report_csv(request: Request, code: str, year: int) -> HttpResponse:
    made = _report(request, code, year)
    return saved(forms.report_csv(made), f"{code}-{year}.csv", "text/csv; charset=utf-8")


@vary_on_cookie
def report_pdf(request: Request, code: str, year: int) -> HttpResponse:
    """The annual report as a tagged PDF."""
    made = _report(request, code, year)
    paper = forms.report_document(
        made, language=formats.language(), is_whole=_is_whole(request, made)
    )
    return saved(pdf.write(paper, at=request.at), f"{code}-{year}.pdf", "application/pdf")
