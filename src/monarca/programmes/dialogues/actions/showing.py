"""What meetings promised is before the public while the meetings are, and not after."""

from collections.abc import Iterable
from datetime import datetime

from monarca.ground.commitments import actions as commitments
from monarca.ground.people.models import User
from monarca.programmes.dialogues.models import Edition, Paragraph, Text


def follow(editions: Iterable[Edition], *, by: User, at: datetime) -> None:
    """Take back, or give back, the promises of these meetings as they stand before the public."""
    for edition in editions:
        is_public = edition.is_public and edition.series.is_public
        for text in Text.objects.filter(edition=edition).order_by("pk"):
            if is_public:
                _give_back(text, by=by, at=at)
            else:
                _take_back(text, by=by, at=at)


def _take_back(text: Text, *, by: User, at: datetime) -> None:
    """Those that everybody could read are marked, so that these alone come back."""
    shown = Paragraph.objects.filter(text=text, commitment__is_public=True)
    shown.update(is_taken_back=True)
    commitments.lend(text, public=False, by=by, at=at)


def _give_back(text: Text, *, by: User, at: datetime) -> None:
    """What was withheld one by one before, or was sealed since, stays so."""
    taken = Paragraph.objects.filter(text=text, is_taken_back=True).select_related("commitment")
    for paragraph in taken.order_by("position", "pk"):
        if paragraph.commitment and not paragraph.commitment.is_sealed:
            commitments.show(paragraph.commitment, public=True, by=by, at=at)
    taken.update(is_taken_back=False)
