"""Mail at the edge: Django's mailer that fills the outbox, and a letter as a MIME message."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language

from monarca.engines.documents.writing import markdown
from monarca.ground.letters import actions, queries
from monarca.ground.letters.models import Letter
from monarca.kit import formats
from monarca.kit.command import now

KEY, SECRET, AT = "X-Monarca-Letter", "X-Monarca-Secret", "X-Monarca-At"


class Outbox(BaseEmailBackend):
    """The default mailer: what is mailed inside a request becomes rows in its transaction.

    Three headers of ours are read and never sent on: which letter it is, whether its words
    are a secret, and the request's instant.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(self._keep(message) for message in email_messages)

    def _keep(self, message: EmailMessage) -> int:
        headers = message.extra_headers
        said = headers.get(AT)
        language = formats.language(headers.get("Content-Language") or get_language() or "")
        subject = markdown.literal(str(message.subject))
        letters = actions.keep(
            headers.get(KEY, "mail.other"),
            to=message.recipients(),
            words=queries.dressed(subject, markdown.plain(str(message.body)), language),
            by=None,
            at=datetime.fromisoformat(said) if said else now(),
            is_secret=headers.get(SECRET) == "yes",
        )
        return len(letters)


def message(letter: Letter) -> EmailMultiAlternatives:
    """The letter as it travels. Its Message-ID is made from the row: sent twice, it is the same."""
    mime = EmailMultiAlternatives(
        subject=letter.subject,
        body=letter.body,
        to=[letter.to],
        headers={
            "Message-ID": identity(letter),
            "Content-Language": formats.TAGS[formats.language(letter.language)],
            "Auto-Submitted": "auto-generated",
        },
    )
    if letter.html:
        mime.attach_alternative(letter.html, "text/html")
    return mime


def identity(letter: Letter) -> str:
    """A name that is stable for this row and betrays no number."""
    name = salted_hmac("monarca.letters", str(letter.pk), algorithm="sha256").hexdigest()[:32]
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{name}@{domain}>"
