"""The gates every upload passes: size, kind by content, archive budget, macros, XML, damage."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import PurePosixPath

from monarca.engines.documents.archive import LETTERS, OFFICE, Archive, Refused, opened
from monarca.engines.documents.images import clean_image, opened_image
from monarca.engines.documents.sound import SOUNDS, TWINS, check_sound, kind_of_sound
from monarca.engines.documents.xml import attribute, local, parsed, refuse_doctype
from monarca.engines.reasons import Reason

__all__ = ["KINDS", "MAX_BYTES", "SOUNDS", "Verdict", "clean_image", "inspect", "kind_of"]

MAX_BYTES = 15 << 20
KINDS = ("docx", "xlsx", "odt", "ods", "pdf", "jpg", "png", "eml", "zip")
ALIASES = {"jpeg": "jpg", "jpe": "jpg", "zip": "zip", "oga": "ogg", "wave": "wav"}
OLD = {"doc", "xls", "dot", "xlt", "rtf", "pages", "numbers", "msg"}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
PDF_ENCRYPTED = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
MAIL_HEADER = re.compile(
    rb"^(?:from|to|subject|date|received|mime-version|return-path|message-id|delivered-to"
    rb"|content-type|x-[\w-]+|dkim-signature|arc-seal):",
    re.IGNORECASE | re.MULTILINE,
)
MACRO_PART = re.compile(
    r"(?:^|/)(?:vbaProject\.bin|vbaData\.xml)$|^(?:Basic|Scripts)/.", re.IGNORECASE
)
MACRO_TYPE = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject", re.IGNORECASE)
LINKED = {"oleObject", "frame", "subDocument", "externalLinkPath", "package"}
REMOTE = re.compile(r"^(?:https?:|ftp:|\\\\|//|file:/*\\\\|file:////)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file is and whether it may come in; `reason` is set exactly when it may not."""

    kind: str
    ok: bool
    reason: Reason | None


def extension_of(name: str) -> str:
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower().lstrip(".")
    return ALIASES.get(suffix, suffix)


def _kind_of_archive(data: bytes) -> str:
    archive = opened(data, LETTERS)
    names = set(archive.names)
    if "[Content_Types].xml" in names and any(name.startswith("word/") for name in names):
        return "docx"
    if "[Content_Types].xml" in names and any(name.startswith("xl/") for name in names):
        return "xlsx"
    if "mimetype" in names and archive.size("mimetype") < 200:
        mime = archive.read("mimetype")
        if b"opendocument.text" in mime:
            return "odt"
        if b"opendocument.spreadsheet" in mime:
            return "ods"
    return "zip"


def kind_of(data: bytes) -> str:
    """The kind by content: of KINDS or SOUNDS, "ole" (old or encrypted Office), "" when unknown."""
    starts = {b"\xff\xd8\xff": "jpg", b"\x89PNG\r\n\x1a\n": "png", OLE: "ole"}
    for magic, kind in starts.items():
        if data.startswith(magic):
            return kind
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if b"\0" not in data[:4096] and len(MAIL_HEADER.findall(data[:32768])) >= 2:
        return "eml"
    return kind_of_sound(data)


def _check_rels(archive: Archive, name: str) -> None:
    if archive.size(name) > 1 << 20:
        raise Refused("file.bomb", member=name)
    for relation in parsed(archive.read(name), part=name):
        if (attribute(relation, "TargetMode") or "").lower() != "external":
            continue
        kind = (attribute(relation, "Type") or "").rpartition("/")[2]
        target = attribute(relation, "Target") or ""
        remote_template = kind == "attachedTemplate" and REMOTE.match(target)
        if local(relation) == "Relationship" and (kind in LINKED or remote_template):
            raise Refused("file.external_link", member=name)


def _check_parts(archive: Archive) -> None:
    for name in archive.names:
        lower = name.lower()
        if MACRO_PART.search(name):
            raise Refused("file.macros", member=name)
        if lower.endswith((".zip", ".7z", ".rar", ".gz", ".exe", ".js", ".vbs")):
            raise Refused("file.nested_archive", member=name)
        if lower.endswith(".rels"):
            _check_rels(archive, name)
        elif lower.endswith(".xml"):
            refuse_doctype(archive.chunks(name), part=name)


def _check_office(data: bytes) -> None:
    archive = opened(data, OFFICE)
    _check_parts(archive)
    if "[Content_Types].xml" in archive.names and MACRO_TYPE.search(
        archive.read("[Content_Types].xml")
    ):
        raise Refused("file.macros", member="[Content_Types].xml")
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise Refused("file.encrypted")


def _check_zip(data: bytes) -> None:
    for name in opened(data, LETTERS).names:
        if name.lower().endswith((".zip", ".7z", ".rar", ".gz", ".tar")):
            raise Refused("file.nested_archive", member=name)


def _check_pdf(data: bytes) -> None:
    if PDF_ENCRYPTED.search(data):
        raise Refused("file.encrypted")
    if b"%%EOF" not in data[-4096:]:
        raise Refused("file.damaged")


def _check_image(data: bytes) -> None:
    picture = opened_image(data)
    end = b"\xff\xd9" if picture.format == "JPEG" else b"IEND"
    if end not in data[-65536:]:
        raise Refused("file.damaged")


def _check_ole(data: bytes) -> None:
    encrypted = ENCRYPTED_PACKAGE in data
    raise Refused("file.encrypted" if encrypted else "file.old_format")


CHECKS: dict[str, Callable[[bytes], None]] = {
    "docx": _check_office,
    "xlsx": _check_office,
    "odt": _check_office,
    "ods": _check_office,
    "zip": _check_zip,
    "pdf": _check_pdf,
    "jpg": _check_image,
    "png": _check_image,
    "ole": _check_ole,
}


def _admit(name: str, data: bytes, kinds: Collection[str]) -> str:
    extension = extension_of(name)
    if not data:
        raise Refused("file.empty")
    if len(data) > MAX_BYTES:
        raise Refused("file.too_large", limit=MAX_BYTES)
    if extension in OLD and not data.startswith(OLE):
        raise Refused("file.old_format", extension=extension)
    if extension not in kinds and extension not in OLD:
        raise Refused("file.kind_not_allowed", extension=extension[:20])
    kind = kind_of(data)
    if kind == "":
        raise Refused("file.wrong_extension" if extension == "eml" else "file.damaged")
    if kind not in {extension, "ole"} and (extension, kind) not in TWINS:
        raise Refused("file.wrong_extension", extension=extension, found=kind)
    if kind in CHECKS:
        CHECKS[kind](data)
    check_sound(kind, data)
    return kind


def inspect(name: str, data: bytes, kinds: Collection[str] = KINDS) -> Verdict:
    """The verdict on a file before anybody opens it; never raises. `kinds` may hold SOUNDS too.

    Order: size, allowed extension, content against extension, archive budget from the central
    directory, bounded reads, macros, outside links, document types, encryption, damage.
    """
    try:
        return Verdict(_admit(name, data, kinds), True, None)
    except Refused as refused:
        return Verdict(extension_of(name), False, refused.reason)
