"""The receipt as a paper."""

from datetime import UTC

from django.utils.translation import gettext as _

from monarca.engines.documents.writing.shapes import Article, Document, Fact
from monarca.grants.applications.models import Submission
from monarca.kit import formats, trilingual


def receipt_document(made: Submission) -> Document:
    """Reference, instant in the call's zone and in UTC, fingerprint; no title and no name."""
    call = made.application.call
    shown = formats.deadline(made.at, call.time_zone, made.at)
    facts = (
        Fact(label=_("Reference"), value=made.application.reference),
        Fact(label=_("Call"), value=trilingual.say(call.title).text),
        Fact(label=_("Received"), value=f"{shown.words}, {shown.place}"),
        Fact(
            label=_("Universal time"),
            value=made.at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC"),
        ),
        Fact(label=_("Submission number"), value=str(made.number)),
        Fact(label=_("SHA-256 fingerprint"), value=grouped(made.sha256)),
    )
    text = _(
        "The fingerprint is computed from the exact file that you can download beside this "
        "receipt. Whoever computes it again gets the same signs; if one letter of the "
        "application had changed, they would differ."
    )
    return Document(
        language=formats.language(),  # type: ignore[arg-type]
        title=_("Receipt"),
        subtitle=trilingual.say(call.mission.name).text,
        number=made.application.reference,
        date=formats.day(made.at.date()),
        facts=facts,
        articles=(Article(key="verify", title=_("How to verify it"), text=text),),
        numbered=False,
    )


def grouped(digest: str) -> str:
    return " ".join(digest[place : place + 8] for place in range(0, len(digest), 8))
