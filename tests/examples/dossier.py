"""One example of each page of a file's dossier, and of each of its tabs."""

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Attachment
from tests.world_year import holder


def a_file():
    """A file that has come far."""
    return Agreement.objects.order_by("-pk")[0].application


def dossier(_world):
    return holder("manager"), {"reference": a_file().reference}


def a_document(_world):
    paper = Attachment.objects.exclude(application__submitted_at=None).order_by("pk")[0]
    given = {"reference": paper.application.reference, "digest": paper.file.sha256[:16]}
    return holder("manager"), given


EXAMPLES = {
    "dossier:files": lambda _world: (holder("manager"), {}),
    "dossier:files?q=nobody": lambda _world: (holder("manager"), {}),
    "dossier:dossier": dossier,
    "dossier:dossier?v=answers": dossier,
    "dossier:dossier?v=budget": dossier,
    "dossier:dossier?v=documents": dossier,
    "dossier:dossier?v=journal": dossier,
    "dossier:document": a_document,
}
