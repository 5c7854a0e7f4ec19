"""Send an upload: as a download, or a voice to be played; never to be sniffed or run."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

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
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
}
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})", re.ASCII)
PIECE = 1 << 16


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
    _guarded(response)
    return response


def play(file: File, request: HttpRequest) -> HttpResponseBase:
    """A voice, whole or the one range asked for (RFC 9110, section 14), so that phones can seek.

    The caller has found it through `visible_to` or a permission. Anything but a voice is sent as
    a download. Nobody in between keeps it: who may hear it can change at any minute.
    """
    if file.kind not in queries.SOUNDS:
        return send(file)
    asked = _asked(request.headers.get("Range", ""), file.size)
    first, last = asked or (0, file.size - 1)
    if first >= file.size:
        response: HttpResponseBase = HttpResponse(status=416)
        response.headers["Content-Range"] = f"bytes */{file.size}"
        return response
    path = queries.path_of(file.sha256)
    response = StreamingHttpResponse(
        _bytes(path, first, last), status=206 if asked else 200, content_type=TYPES[file.kind]
    )
    if asked:
        response.headers["Content-Range"] = f"bytes {first}-{last}/{file.size}"
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Encoding"] = "identity"  # or a part of it would be compressed
    _guarded(response)
    return response


def _asked(header: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte; None for no range, or one that cannot be read or makes no sense.

    Phones ask for "bytes=0-" first and play nothing unless that is answered as a range.
    """
    found = RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        return (max(size - int(last), 0), size - 1) if int(last) else (size, size)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)


def _bytes(path: Path, first: int, last: int) -> Iterator[bytes]:
    with path.open("rb") as stream:
        stream.seek(first)
        left = last - first + 1
        while left > 0 and (piece := stream.read(min(PIECE, left))):
            left -= len(piece)
            yield piece


def _guarded(response: HttpResponseBase) -> None:
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
