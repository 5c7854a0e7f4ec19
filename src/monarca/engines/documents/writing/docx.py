"""The Word writer's door: python-docx is loaded when the first paper is written, not before."""

from datetime import datetime

from monarca.engines.documents.writing.shapes import Document


def write(document: Document, *, at: datetime) -> bytes:
    """The document as a .docx file; `at` (aware) is its creation date. See `word.write`."""
    from monarca.engines.documents.writing import word

    return word.write(document, at=at)
