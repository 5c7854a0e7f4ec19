"""Questions about agreements: what to draft, what to sign, what is in force."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.grants.agreements.models import Agreement, Amendment, Instalment, Signature
from monarca.grants.agreements.states import Status
from monarca.grants.applications import gate
from monarca.grants.applications import queries as applications
from monarca.grants.applications.models import Application
from monarca.grants.decisions import queries as decisions
from monarca.grants.decisions.models import Decision
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.states import Kinds
from monarca.ground.people import queries as people
from monarca.ground.people.models import User
from monarca.ground.people.states import SEES_ALL, Roles
from monarca.kit.paging import Inbox

DRAFTERS = frozenset({Roles.COORDINATOR, Roles.MANAGER})
SIGNERS = frozenset({Roles.HEAD_OF_MISSION})


def visible_to(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Agreements of the files this person may see; recipients see theirs once it is sent."""
    rows = Agreement.objects.filter(gate.seen(user, at=at, path="application__"))
    staff = gate.serving(user, at=at, path="application__")
    return rows.filter(staff | Q(sent_at__isnull=False)).order_by("number")


def to_draft(user: User, *, at: datetime) -> QuerySet[Decision]:
    """Confirmed yeses without an agreement, of the missions where this person drafts."""
    ours = Agreement.objects.filter(decision=OuterRef("pk"))
    files = gate.served(user, roles=DRAFTERS, at=at, path="application__")
    rows = decisions.approved().filter(files)
    rows = rows.filter(~Exists(ours)).select_related("application__applicant")
    return rows.order_by("confirmed_at", "pk")


def working_at(user: User, *, at: datetime) -> bool:
    """Does this person serve a mission, so that the desk's list is theirs to read?"""
    return people.missions_of(user, at=at).exists()


def of_staff(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Agreements of the missions this person serves, on files they may see, newest first."""
    return _of_missions(user, SEES_ALL, at=at).order_by("-drafted_at", "-pk")


def received(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Agreements that were sent to the organisations this person speaks for."""
    mine = applications.owned_by(user, at=at).order_by().values("pk")
    rows = visible_to(user, at=at).filter(application__in=mine, sent_at__isnull=False)
    return rows.select_related("application__call", "recipient", "docx", "pdf")


def to_send(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Drafts that nobody has sent for signature."""
    return _of_missions(user, DRAFTERS, at=at).filter(status=Status.DRAFT).order_by("drafted_at")


def to_sign(user: User, *, at: datetime) -> QuerySet[Agreement]:
    """Sent, and waiting for this head of mission."""
    return _of_missions(user, SIGNERS, at=at).filter(status=Status.SENT).order_by("sent_at")


def _of_missions(user: User, roles: frozenset[str], *, at: datetime) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(gate.served(user, roles=roles, at=at, path="application__"))
    return rows.select_related("application__call", "recipient").order_by("number")


def in_force() -> QuerySet[Agreement]:
    """What this room hands downstream: signed by both and not terminated."""
    rows = Agreement.objects.filter(status__in=(Status.ACTIVE, Status.SUSPENDED))
    return rows.order_by("number")


def of(application: Application) -> Agreement | None:
    return Agreement.objects.filter(application=application).first()


def instalments_of(agreement: Agreement) -> QuerySet[Instalment]:
    return Instalment.objects.filter(agreement=agreement).order_by("number")


def amendments_of(agreement: Agreement) -> QuerySet[Amendment]:
    return Amendment.objects.filter(agreement=agreement).select_related("by").order_by("sequence")


def signatures_of(agreement: Agreement) -> dict[str, Signature]:
    """The recorded signatures by party."""
    rows = Signature.objects.filter(agreement=agreement).order_by("signed_on", "pk")
    return {row.party: row for row in rows}


def series_of(application: Application) -> str:
    """How the numbers of the mission's series begin in the call's fiscal year: CFLI-MX-2024-25-."""
    call = application.call
    prefix = call.code.rsplit("-", 1)[0]
    first, second = call.fiscal_year.split("-")
    return f"{prefix}-{first}-{second[-2:]}-"


def next_number(application: Application) -> str:
    """The next number of the series: CFLI-MX-2024-25-007. Ask it while the series is locked."""
    series = series_of(application)
    rows = Agreement.objects.filter(number__startswith=series)
    last = rows.order_by(Length("number").desc(), "-number").first()
    return f"{series}{int(last.number.removeprefix(series)) + 1 if last else 1:03}"


def paid_cents(agreement: Agreement) -> int:
    """What was paid on this file, in CAD cents, as the envelope's ledger says."""
    return ledger.of_file(agreement.application)[Kinds.PAID]


def committed_cents(agreement: Agreement) -> int:
    """What the envelope still holds for this agreement, in CAD cents."""
    held = ledger.of_record(agreement)
    return held[Kinds.COMMITTED] - held[Kinds.RELEASED]


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """Drafters' yeses to draft and drafts to send; a head of mission's papers to sign."""
    held = people.held(user, at=at)
    url = reverse("agreements:list")
    found = []
    if held & DRAFTERS:
        found += [
            Inbox("to-draft", _("To draft"), to_draft(user, at=at), url),
            Inbox("to-send", _("To send"), to_send(user, at=at), f"{url}?view=send"),
        ]
    if held & SIGNERS:
        rows = to_sign(user, at=at)
        found.append(Inbox("to-sign", _("To sign"), rows, f"{url}?view=sign"))
    return tuple(found)
