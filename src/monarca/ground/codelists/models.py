"""Lists of codes with their names in three languages: aims, priorities, markers, places."""

from django.db import models

from monarca.kit.record import Record
from monarca.kit.trilingual import Trilingual


def nowhere() -> list[str]:
    """No language's wording is sourced."""
    return []


class Code(Record):
    """One code of one list; `parent` gives lower levels, `official` the sourced names."""

    list = models.CharField(max_length=30)
    code = models.CharField(max_length=40)
    parent = models.CharField(max_length=40, blank=True)
    label = Trilingual()
    official = models.JSONField(default=nowhere, help_text="Languages whose wording is sourced.")
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list", "code"], name="code_once_in_its_list")
        ]
        indexes = [models.Index(fields=["list", "parent", "position"], name="code_children")]

    def __str__(self) -> str:
        return f"{self.list}:{self.code}"
