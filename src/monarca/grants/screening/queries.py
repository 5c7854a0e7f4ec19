"""Questions about screening: what waits, what the rules found, what is still to be decided."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.engines import likeness
from monarca.engines.reasons import Reason
from monarca.grants.applications import gate
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status as Filed
from monarca.grants.calls import queries as calls
from monarca.grants.screening.models import Check, Clarification, Duplicate, Screening, Withdrawal
from monarca.grants.screening.states import SETTLED, Status, Verdict
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import Roles
from monarca.kit import reasons, trilingual
from monarca.kit.paging import Inbox

SCREENERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
UNSURE = ("fail", "unknown")
NEEDS_A_PERSON = Q(status=Verdict.PROPOSED, level__in=("block", "flag"), outcome__in=UNSURE)
NOT_MET = Q(outcome="fail", status=Verdict.CONFIRMED) | Q(status=Verdict.BROKEN)
IN_THE_WAY = (
    Q(outcome="fail") & ~Q(status=Verdict.WAIVED)
    | Q(outcome="unknown", status=Verdict.PROPOSED)
    | Q(status=Verdict.BROKEN)
)
MOST_ALIKE = 20


def visible_to(user: User, *, at: datetime) -> QuerySet[Screening]:
    """Screenings of the files this person may see."""
    rows = Screening.objects.filter(gate.seen(user, at=at, path="application__"))
    return rows.order_by("begun_at", "pk")


def served(user: User, *, at: datetime) -> QuerySet[Application]:
    """Submitted files, of the missions where this person screens, that were not taken back."""
    rows = screenable(user, at=at).filter(status=Filed.SUBMITTED, call__closes_at__lte=at)
    return rows.filter(~Exists(Withdrawal.objects.filter(application=OuterRef("pk"))))


def screenable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files of the missions where this person screens, drafts apart: their pages in this room."""
    rows = applications.served(user, roles=SCREENERS, at=at)
    return rows.exclude(submitted_at=None)


def readable(user: User, *, at: datetime) -> QuerySet[Application]:
    """Files whose screening this person may read: by a role at the mission, drafts apart."""
    rows = applications.visible_to(user, at=at).filter(gate.serving(user, at=at))
    return rows.exclude(submitted_at=None).select_related("call", "applicant")


def to_screen(user: User, *, at: datetime) -> QuerySet[Application]:
    """Submitted to a call that has closed, and nobody has begun to screen it."""
    begun = Screening.objects.filter(application=OuterRef("pk"))
    return served(user, at=at).filter(~Exists(begun)).order_by("submitted_at", "pk")


def to_conclude(user: User, *, at: datetime) -> QuerySet[Screening]:
    """Begun and not concluded, the oldest first."""
    return _going(user, Status.OPEN, at)


def waiting_for_applicant(user: User, *, at: datetime) -> QuerySet[Screening]:
    """A question was asked and its answer has not come, the oldest first."""
    return _going(user, Status.AWAITING_APPLICANT, at)


def _going(user: User, status: str, at: datetime) -> QuerySet[Screening]:
    """What `served` holds, asked of the screenings themselves."""
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    rows = Screening.objects.filter(
        gate.served(user, roles=SCREENERS, at=at, path="application__"),
        ~Exists(gone),
        status=status,
        application__status=Filed.SUBMITTED,
        application__submitted_at__isnull=False,
        application__call__closes_at__lte=at,
    )
    return rows.select_related("application__applicant").order_by("begun_at", "pk")


def counted(rows: QuerySet[Screening]) -> QuerySet[Screening]:
    """The same rows with `open_findings`, what waits for a person, and `due_on` of a question."""
    waiting = Check.objects.filter(NEEDS_A_PERSON, screening=OuterRef("pk")).order_by()
    number = waiting.values("screening").annotate(n=Count("pk")).values("n")
    asked = Clarification.objects.filter(screening=OuterRef("pk"), answered_at=None)
    return rows.annotate(
        open_findings=Coalesce(Subquery(number), 0),
        due_on=Subquery(asked.order_by("due_on").values("due_on")[:1]),
    )


def of(application: Application) -> Screening | None:
    """The screening of one file, if it was begun."""
    return Screening.objects.filter(application=application).first()


def is_settled(screening: Screening | None) -> bool:
    """Was it concluded, either way?"""
    return screening is not None and screening.status in SETTLED


def withdrawal_of(application: Application) -> Withdrawal | None:
    return Withdrawal.objects.filter(application=application).first()


def eligible() -> QuerySet[Screening]:
    """What this room hands downstream: found eligible and not withdrawn since."""
    gone = Withdrawal.objects.filter(application=OuterRef("application"))
    return Screening.objects.filter(~Exists(gone), status=Status.ELIGIBLE).order_by("pk")


def asked(user: User, *, at: datetime) -> QuerySet[Clarification]:
    """Questions that wait for an answer of the organisations this person speaks for."""
    mine = applications.owned_by(user, at=at).order_by().values("pk")
    rows = Clarification.objects.filter(screening__application__in=mine, answered_at=None)
    rows = rows.exclude(screening__status__in=SETTLED)
    return rows.select_related("screening__application").order_by("due_on", "pk")


def clarifications_of(application: Application) -> QuerySet[Clarification]:
    """Every question put to the applicant about this file, the latest first."""
    rows = Clarification.objects.filter(screening__application=application)
    return rows.select_related("screening").order_by("-asked_at", "-pk")


def checks_of(screening: Screening) -> QuerySet[Check]:
    """The findings in the order of the call's rules."""
    return Check.objects.filter(screening=screening).select_related("by").order_by("pk")


def undecided(screening: Screening) -> QuerySet[Check]:
    """Failed or unknown findings of blocking and flagging rules that no person has settled."""
    return Check.objects.filter(NEEDS_A_PERSON, screening=screening).order_by("pk")


def standing_in_the_way(screening: Screening) -> QuerySet[Check]:
    """Blocking rules that are not met and were not waived: with one of these it cannot pass."""
    return Check.objects.filter(IN_THE_WAY, screening=screening, level="block").order_by("pk")


def not_met(screening: Screening) -> QuerySet[Check]:
    """Blocking rules that a person said are not met: what makes an application ineligible."""
    return Check.objects.filter(NOT_MET, screening=screening, level="block").order_by("rule")


def reason_of(check: Check) -> Reason:
    """Why the rule says so, as data."""
    return Reason(check.reason["code"], check.reason.get("values") or {})


def letter_reason(screening: Screening) -> dict[str, str]:
    """What the letter gives as the reason, in each language: every rule that is not met.

    What a person found beyond the rules is given by the rule's name; their notes stay inside.
    """
    rules = rules_of(screening.application)
    found = list(not_met(screening))
    return {
        language: "\n".join(_said(check, rules.get(check.rule), language) for check in found)
        for language in trilingual.LANGUAGES
    }


def _said(check: Check, rule: Any, language: str) -> str:
    if check.status != Verdict.BROKEN:
        return reasons.sentence(reason_of(check), language)
    label = trilingual.say(rule["label"], language).text if rule else check.rule
    return reasons.sentence(Reason("RuleNotMet", {"rule": label}), language)


def rules_of(application: Application) -> dict[str, Any]:
    """The call's rules by their id, as they were frozen."""
    return {rule["id"]: rule for rule in calls.definition(application.form_id)["rules"]}


def resembling(application: Application, user: User, *, at: datetime) -> list[Application]:
    """Other submitted files of this call whose group has the same or a similar name.

    Names are compared without accents, case and legal forms; at most twenty are shown.
    """
    rows = applications.visible_to(user, at=at).filter(
        call=application.call_id, status=Filed.SUBMITTED
    )
    named = rows.exclude(pk=application.pk).order_by("submitted_at", "pk")
    group = application.applicant
    ours = _names(group.legal_name, group.short_name)
    alike = [
        pk
        for pk, organisation, *names in named.values_list(
            "pk", "applicant", "applicant__legal_name", "applicant__short_name"
        ).iterator()
        if organisation == group.pk
        or any(likeness.are_alike(mine, theirs) for mine in ours for theirs in _names(*names))
    ]
    found = named.filter(pk__in=alike[:MOST_ALIKE])
    return list(found.select_related("applicant"))


def _names(*names: str) -> tuple[frozenset[str], ...]:
    return tuple(words for name in names if (words := likeness.words_of(name)))


def paired(application: Application) -> QuerySet[Duplicate]:
    """What people said about this file and another, from either side."""
    rows = Duplicate.objects.filter(Q(application=application) | Q(other=application))
    return rows.select_related("application", "other", "by").order_by("at", "pk")


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for the people who screen; empty for everybody else."""
    if not people.held(user, at=at) & SCREENERS:
        return ()
    url = reverse("screening:list")
    return (
        Inbox("to-screen", _("To screen"), to_screen(user, at=at), url),
        Inbox("to-conclude", _("To conclude"), to_conclude(user, at=at), f"{url}?view=open"),
        Inbox(
            "waiting",
            _("Waiting for the applicant"),
            waiting_for_applicant(user, at=at),
            f"{url}?view=waiting",
        ),
    )
