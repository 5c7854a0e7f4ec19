"""The outbox: every letter is a row, written in the act's own transaction, sent by the worker."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.record import Record


class Letter(Record):
    """One e-mail to one person, in that person's language.

    `secret` marks letters (sign-in codes) whose body is erased once sent.
    """

    key = models.CharField(max_length=60, help_text="Which letter: application.received")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    html = models.TextField(blank=True)
    about = models.CharField(max_length=80, blank=True, help_text="label:id of the record.")
    file = models.CharField(max_length=80, blank=True, help_text="The application's label:id.")
    is_secret = models.BooleanField(default=False)
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["next_try_at", "id"], condition=Q(sent_at=None), name="letter_to_send"
            ),
            models.Index(fields=["file", "at"], name="letter_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.key} #{self.pk}"


class Beat(Record):
    """The worker's sign of life, for /readyz."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
