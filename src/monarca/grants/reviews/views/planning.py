"""The plan of readers of a call: who could read what, with its proof, and giving it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.engines import matching
from monarca.grants.applications.models import Application
from monarca.grants.calls import queries as calls
from monarca.grants.calls.models import Call
from monarca.grants.reviews import actions, forms, policy, queries
from monarca.grants.reviews.models import Assignment
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.states import Roles
from monarca.kit import formats, reasons
from monarca.kit.guard import Refused, require

EACH = range(1, 6)
LARGEST = 1000
"""Files that a page plans while somebody waits; the command has no such limit."""

SIZE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a plan was asked for, and the answer."""

    call: Call
    each: int
    files: list[Application]
    given: list[Assignment]
    found: matching.Plan | matching.Relaxation

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Every pair of the plan: reference and the reader's address."""
        if isinstance(self.found, matching.Relaxation):
            return []
        return [(each.application, each.reviewer) for each in self.found.places]

    @property
    def fresh(self) -> list[tuple[str, str]]:
        """The pairs that are not given yet."""
        held = {(row.application.reference, row.reviewer.email) for row in self.given}
        return [pair for pair in self.pairs if pair not in held]


@login_required
def plan(request: Request, code: str) -> HttpResponse:
    """Ask for a plan and read it; giving sends its seal, so that nothing else is given."""
    call = get_object_or_404(calls.visible_to(request.user, at=request.at), code=code)
    require(policy.may_plan(request.user, call, at=request.at))
    form = forms.Giving(request.POST or None, today=request.at.date())
    asked = ask(request, call)
    if request.method == "POST" and asked and form.is_valid():
        return give(request, asked, form)
    context = {"form": form, **shown(request, call, asked)}
    return render(request, "reviews/plan.html", context, status=422 if form.errors else 200)


def ask(request: Request, call: Call) -> Asked | None:
    """The engine's answer; None for a call with too many files to plan while somebody waits."""
    user, at, each = request.user, request.at, each_of(request)
    if queries.wanting(call, at=at, user=user).count() > LARGEST:
        return None
    problem = queries.problem_of(call, each=each, at=at, user=user)
    known = {file.id for file in problem.applications}
    files = [f for f in queries.wanting(call, at=at, user=user) if f.reference in known]
    return Asked(call, each, files, queries.given_to(files), matching.assign(problem))


def each_of(request: Request) -> int:
    """How many readers a file is asked for; anything unreadable means the usual number."""
    given = request.POST.get("each") or request.GET.get("each", "")
    known = {str(number): number for number in EACH}
    return known.get(given, queries.USUAL)


def give(request: Request, asked: Asked, form: forms.Giving) -> HttpResponse:
    """Give what stood on the page, or show how it stands now."""
    given: dict[str, Any] = {"by": request.user, "at": request.at, **form.cleaned_data}
    read = request.POST.get("read", "")
    try:
        made = actions.assign_all(asked.call, asked.pairs, read=read, **given)
    except Refused as refused:
        messages.error(request, reasons.sentence(refused.reason))
        return redirect(f"{reverse('reviews:plan', args=[asked.call.code])}?each={asked.each}")
    said = ngettext("%(n)s review given.", "%(n)s reviews given.", len(made))
    messages.success(request, said % {"n": formats.number(len(made))})
    return redirect(f"{reverse('reviews:list')}?view=going")


def shown(request: Request, call: Call, asked: Asked | None) -> dict[str, Any]:
    """What the page prints, whatever was found."""
    each = each_of(request)
    titles = [
        ngettext("%(n)s reader", "%(n)s readers", number) % {"n": formats.number(number)}
        for number in EACH
    ]
    context = {
        "call": call,
        "each": each,
        "tabs": [(title, f"?each={number}") for number, title in zip(EACH, titles, strict=True)],
        "here": each - 1,
        "trail": [(_("Desk"), reverse("home:desk")), (_("Reviews"), reverse("reviews:list"))],
        "largest": LARGEST,
        "is_too_large": asked is None,
    }
    return context | answered(request, asked) if asked and asked.files else context


def answered(request: Request, asked: Asked) -> dict[str, Any]:
    """The plan, or the ways out, in words."""
    readers = people.holders(asked.call.mission, Roles.REVIEWER, at=request.at)
    names = forms.names_of(asked.files, readers, asked.given)
    found = asked.found
    if isinstance(found, matching.Relaxation):
        short = [names.said(reason) for reason in found.short[: forms.MOST_SAID]]
        ways = forms.ways_out(found, names)
        return {"has_files": True, "ways": ways, "short": short, "is_all": found.is_complete}
    fresh = asked.fresh
    return {
        "has_files": True,
        "has_plan": True,
        "said": [names.said(reason) for reason in found.said],
        "loads": forms.load_rows(found, names),
        "fresh": len(fresh),
        "fresh_files": len({reference for reference, _email in fresh}),
        "read": queries.seal_of_plan(asked.call, asked.pairs),
        "head": [_("File"), _("Reader"), _("Status"), _("Why")],
        **paged(request, asked, found, names),
    }


def paged(
    request: Request, asked: Asked, found: matching.Plan, names: forms.Names
) -> dict[str, Any]:
    """Fifty files of the plan."""
    references = [file.reference for file in asked.files]
    pages = max(1, -(-len(references) // SIZE))
    given = request.GET.get("page", "")
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 1
    page = min(max(number, 1), pages)
    part = set(references[(page - 1) * SIZE : page * SIZE])
    count = {"n": formats.number(len(references))}
    return {
        "rows": forms.plan_rows(found, part, asked.given, names),
        "page": page,
        "pages": pages,
        "found": ngettext("%(n)s file", "%(n)s files", len(references)) % count,
        "query": f"each={asked.each}",
    }
