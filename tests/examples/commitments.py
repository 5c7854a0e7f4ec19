"""One example of each page of the register, made now if whatever world there is has none."""

from django.utils import timezone

from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.models import Batch, Commitment, Owner, Progress
from monarca.ground.files import actions as files
from monarca.ground.people.models import Mission
from tests import world_commitments as make
from tests.world import PNG
from tests.world_screening import make_officer

FILE = b"text_es,origin,promised_on\nCuidar el bosque,dialogue,2025-09-18\n"


def keeper():
    return make_officer("coordinator")


def mission():
    return Mission.objects.order_by("pk").first()


def told():
    """A public commitment, entered by hand, whose wording changed and that was reported on with a file."""
    rows = Commitment.objects.filter(wordings__number=1, is_public=True, source="")
    row = rows.order_by("pk").first()
    if row is None:
        row, at = make.make_commitment(mission(), is_public=True), timezone.now()
        text = {**make.TEXT, "es": "Firmar y publicar el acuerdo sobre áreas protegidas."}
        actions.reword(row, text, row.due_on, reason="Faltaba publicarlo.", by=keeper(), at=at)
    return {"ref": row.reference}


def evidence():
    """A file of somebody's history, and who may read it."""
    row = Progress.objects.filter(evidence__isnull=False).order_by("pk").first()
    if row is None:
        at, held = timezone.now(), Commitment.objects.get(reference=told()["ref"])
        paper = files.keep(PNG, "foto.png", by=keeper(), at=at)
        row = make.make_report(held, by=keeper(), at=at, evidence=paper, is_public=True)
    return keeper(), {"ref": row.commitment.reference, "digest": row.evidence.sha256[:16]}


def owned():
    """Somebody who is asked about a commitment that is still open."""
    rows = Owner.objects.filter(user__isnull=False, until=None, user__is_active=True)
    held = rows.filter(commitment__status__in=("promised", "under_way")).order_by("pk").first()
    if held is None:
        owners = (make.holder(user=make_officer("counterpart", "contraparte@example.org")),)
        held = make.make_commitment(mission(), owners=owners).owners.get()
    return held.user, {"ref": held.commitment.reference}


def kept():
    """A commitment that has ended."""
    row = Commitment.objects.filter(status="kept", is_sealed=False).order_by("pk").first()
    if row is None:
        row = make.make_commitment(mission(), is_public=True)
        make.end(row, by=keeper(), at=timezone.now())
    return keeper(), {"ref": row.reference}


def waiting():
    """A file that waits for its sender's yes."""
    batch = Batch.objects.filter(taken_at=None).order_by("pk").first()
    if batch is None:
        rows = queries.read("plan.csv", FILE).rows
        batch = actions.lay_by(mission(), "plan.csv", rows, by=keeper(), at=timezone.now())
    return batch.by, {"ref": str(batch.key)}


EXAMPLES = {
    "commitments:list": lambda _world: (None, told() and {}),
    "commitments:list?status=overdue": lambda _world: (None, told() and {}),
    "commitments:progress": lambda _world: (None, kept() and {}),
    "commitments:feed": lambda _world: (None, told() and {}),
    "commitments:export": lambda _world: (None, {"kind": "csv"}),
    "commitments-csv": lambda _world: (None, {}),
    "commitments-xlsx": lambda _world: (None, {}),
    "commitments:one": lambda _world: (None, told()),
    "commitments:evidence": lambda _world: evidence(),
    "commitments:report": lambda _world: owned(),
    "commitments:desk": lambda _world: (keeper(), told() and {}),
    "commitments:new": lambda _world: (keeper(), {}),
    "commitments:publish": lambda _world: (make_officer("manager"), owned() and {}),
    "commitments:plan": lambda _world: (keeper(), {}),
    "commitments:import": lambda _world: (keeper(), {}),
    "commitments:template": lambda _world: (keeper(), {"kind": "csv"}),
    "commitments:arrival": lambda _world: waiting(),
    "commitments:reword": lambda _world: (keeper(), told()),
    "commitments:owners": lambda _world: (keeper(), told()),
    "commitments:reopen": lambda _world: kept(),
}
