"""Divisions before the public: what was decided, by which rule, and every share with its reason."""

import csv
import io
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.ground.people.http import Request
from monarca.kit import formats, paging, trilingual
from monarca.kit.parts import Link, Status
from monarca.programmes.shares import forms, queries
from monarca.programmes.shares.forms.asking import named
from monarca.programmes.shares.forms.lines import harmless
from monarca.programmes.shares.models import Allocation
from monarca.programmes.shares.states import Status as States
from monarca.programmes.shares.states import What

AT_ONCE = 200


def every(request: Request) -> HttpResponse:
    screen = paging.screen(queries.public().select_related("mission"), request.GET.get("page"))
    head = [
        pgettext("column", "Division"),
        pgettext("column", "What"),
        pgettext("column", "How much"),
        pgettext("column", "Rule"),
        pgettext("column", "Published"),
    ]
    rows = [_row(each) for each in screen.rows]
    return render(request, "shares/list.html", {"screen": screen, "head": head, "rows": rows})


def _row(each: Allocation) -> list[Any]:
    title = trilingual.say(each.title).text
    shown = forms.Shown(each, (), ())
    note = _("Round %(round)s") % {"round": each.round} if each.round > 1 else ""
    withdrawn = each.status == States.WITHDRAWN
    return [
        Link(title, reverse("shares:one", args=[each.reference]), note),
        each.get_what_display(),
        shown.quantity(each.supply),
        named(each.rule),
        Status(str(States.WITHDRAWN.label), "warn")
        if withdrawn
        else formats.day(each.published_at.date())
        if each.published_at
        else "",
    ]


def one(request: Request, ref: str) -> HttpResponse:
    allocation = _found(ref)
    claimants = list(queries.claimants_of(allocation))
    page = paging.screen(
        queries.claimants_of(allocation), request.GET.get("page"), AT_ONCE, whole=True
    )
    shown = forms.Shown(allocation, page.rows, queries.published(allocation, claimants))
    context = {
        "allocation": allocation,
        "shown": shown,
        "page": page,
        "rule": named(allocation.rule),
        "is_withdrawn": allocation.status == States.WITHDRAWN,
        "remarks": queries.remarks_of(allocation).filter(kind__in=("rule", "withdrawn")),
        "figures": figures(shown, claimants=len(claimants)),
        "command": command(allocation),
    }
    return render(request, "shares/one.html", context)


def _found(ref: str) -> Allocation:
    return get_object_or_404(queries.public(), reference=ref)


def figures(shown: forms.Shown, *, claimants: int) -> list[tuple[str, str]]:
    told = shown.chosen
    given = sum(told.amounts.values()) if told else 0
    return [
        (shown.quantity(shown.allocation.supply), pgettext("division", "there is")),
        (shown.quantity(given), pgettext("division", "given out")),
        (formats.number(claimants), pgettext("division", "who ask")),
        (formats.number(shown.allocation.round), pgettext("division", "round")),
    ]


def command(allocation: Allocation) -> str:
    """What anybody types to compute the shares again; empty where a round before counts, too."""
    if queries.claimants_of(allocation).filter(due__gt=0).exists():
        return ""
    words = [
        "monarca allocate needs.csv",
        f"--supply {allocation.supply}",
        f"--rule {allocation.rule}",
        f"--unit {allocation.unit}",
    ]
    if allocation.buffer:
        words.append(f"--buffer {allocation.buffer / 10_000:g}%")
    if allocation.by != "claim":
        words.append(f"--by {allocation.by}")
    if allocation.rule == "covax":
        words.append(f"--target {allocation.target / 10_000:g}% --doses {allocation.doses}")
    return " ".join(words)


def shares(_request: Request, ref: str) -> HttpResponse:
    """The shares of every compared rule as CSV; whole units, cents for money."""
    allocation = _found(ref)
    rows = list(queries.claimants_of(allocation))
    tolds = queries.published(allocation, rows)
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    unit = "_cents" if allocation.what == What.ENVELOPE else ""
    writer.writerow(["id", "name", f"claim{unit}", *(f"{each.rule}{unit}" for each in tolds)])
    for row in rows:
        amounts = [each.amounts[row.code] for each in tolds]
        told = (harmless(row.code), harmless(row.name))
        writer.writerow([*told, row.claim, *amounts])
    return csv_file(held.getvalue(), f"{allocation.reference}-shares.csv")


def needs(_request: Request, ref: str) -> HttpResponse:
    """The claims as `monarca allocate` reads them, to compute the shares again."""
    allocation = _found(ref)
    is_money = allocation.what == What.ENVELOPE
    rows = queries.claimants_of(allocation)
    return csv_file(forms.as_csv(rows, is_money=is_money, for_command=True), "needs.csv")


def content(_request: Request, ref: str) -> HttpResponse:
    """What was published, as the JSON whose SHA-256 the page shows."""
    allocation = _found(ref)
    rows = list(queries.claimants_of(allocation))
    return JsonResponse(queries.content(allocation, rows), json_dumps_params={"indent": 1})


def csv_file(text: str, name: str) -> HttpResponse:
    """A CSV that spreadsheets open with accents whole."""
    response = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
