"""Uploads: what arrived, unchanged (images without metadata), named by its SHA-256."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from monarca.kit.record import Record


class File(Record):
    """One upload. It has no address: each room loads its attachment and sends the bytes."""

    name = models.CharField(max_length=255, help_text="As the sender called it.")
    kind = models.CharField(
        max_length=4, blank=True, help_text="docx xlsx odt ods pdf jpg png eml; empty: set apart"
    )
    size = models.PositiveBigIntegerField(help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    original_sha256 = models.CharField(max_length=64, help_text="Before an image was cleaned.")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["sha256"], name="file_sha256")]
        constraints = [models.CheckConstraint(condition=Q(size__gt=0), name="file_is_not_empty")]

    def __str__(self) -> str:
        return self.name
