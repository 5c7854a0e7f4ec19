"""Mails with applications: forwarded, nested, with names in every encoding."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.message import Message as AnyMessage
from email.utils import parsedate_to_datetime

from monarca.engines.documents.archive import Refused

MAX_DEPTH = 6
MAX_PARTS = 200
BROKEN = (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError)
TAG = re.compile(
    r"<(?:style|script)\b.*?</(?:style|script)>|<[^>]{0,2000}>", re.DOTALL | re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A mail; `sent_at` is in UTC: when our side received it where a header says so.

    The topmost Received header is the one our own server wrote (`is_stamped`); the sender writes
    Date and may write anything. `origins` are the senders of the mails forwarded inside, the
    outermost first.
    """

    sent_at: datetime | None
    sender: str
    subject: str
    text: str
    attachments: tuple[Attachment, ...]
    origins: tuple[str, ...] = ()
    is_stamped: bool = False


def _header(message: AnyMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())[:500]
    except BROKEN:
        return ""


def _instant(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text.strip())
    except BROKEN:
        return None
    return (found.replace(tzinfo=UTC) if found.tzinfo is None else found).astimezone(UTC)


def _stamp(message: AnyMessage) -> datetime | None:
    """When our own server says that it received the mail."""
    try:
        first = next(iter(message.get_all("received") or ()), "")
    except BROKEN:
        first = ""
    _, _, stamp = str(first).rpartition(";")
    return _instant(stamp) if stamp else None


def _leaves(message: AnyMessage, depth: int = 0) -> Iterator[tuple[AnyMessage, int]]:
    """Every part that is no container, and every forwarded mail."""
    if depth > MAX_DEPTH:
        raise Refused("mail.too_nested", limit=MAX_DEPTH)
    payload = message.get_payload() if message.is_multipart() else None
    if not isinstance(payload, list):
        yield message, depth
        return
    if message.get_content_type() == "message/rfc822":
        yield message, depth
        depth += 1
    for part in payload:
        if isinstance(part, AnyMessage):
            yield from _leaves(part, depth)


def _content(part: AnyMessage) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except BROKEN:
        return b""
    return found if isinstance(found, bytes) else b""


def _text(part: AnyMessage) -> str:
    charset = part.get_content_charset() or "utf-8"
    try:
        text = _content(part).decode(charset, "replace")
    except BROKEN:
        text = _content(part).decode("latin-1")
    if part.get_content_type() == "text/html":
        text = html.unescape(TAG.sub(" ", text))
    return text.strip()


def _name(part: AnyMessage) -> str:
    """The file's name without any folder, however it was encoded."""
    try:
        name = part.get_filename() or ""
    except BROKEN:
        name = ""
    name = re.split(r"[\\/]", name)[-1]
    return re.sub(r"[\x00-\x1f\x7f]+", " ", name).strip()[:200]


def read_mail(data: bytes) -> Message:
    """A mail and everything attached to it, also inside forwarded mails; raises Refused."""
    try:
        message = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
        leaves = list(_leaves(message))[: MAX_PARTS + 1]
    except BROKEN as error:
        raise Refused("file.damaged") from error
    if len(leaves) > MAX_PARTS:
        raise Refused("mail.too_many_parts", limit=MAX_PARTS)
    texts: list[str] = []
    attachments: list[Attachment] = []
    origins: list[str] = []
    for part, _ in leaves:
        _sort(part, texts, attachments, origins)
    stamp = _stamp(message)
    return Message(
        stamp or _instant(_header(message, "date")),
        _header(message, "from"),
        _header(message, "subject"),
        "\n\n".join(text for text in texts if text)[:50_000],
        tuple(attachments),
        tuple(origins),
        is_stamped=stamp is not None,
    )


def _sort(
    part: AnyMessage, texts: list[str], attachments: list[Attachment], origins: list[str]
) -> None:
    kind = part.get_content_type()
    if kind == "message/rfc822":
        payload = part.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if isinstance(inner, AnyMessage):
            origins.append(_header(inner, "from"))
        return
    name = _name(part)
    inline = kind.startswith("image/") and part.get("content-id") and not _attached(part)
    if name and not inline:
        attachments.append(Attachment(name, _content(part)))
    elif kind == "text/plain" or (kind == "text/html" and not texts):
        texts.append(_text(part))


def _attached(part: AnyMessage) -> bool:
    return str(part.get("content-disposition") or "").lower().startswith("attachment")
