"""Send an upload: always as a download, never to be sniffed or run."""

from django.http import FileResponse, Http404

from monarca.ground.files import queries
from monarca.ground.files.models import File

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "eml": "message/rfc822",
}


def send(file: File) -> FileResponse:
    """The bytes of a file that the caller has already found through `visible_to`.

    A file that was set apart (its kind is empty) is kept as evidence and never sent: 404.
    """
    if not file.kind:
        raise Http404
    stream = queries.path_of(file.sha256).open("rb")
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=file.name,
        content_type=TYPES.get(file.kind, "application/octet-stream"),
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return response
