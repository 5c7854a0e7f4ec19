"""Django's migrate, and after it the triggers that a rebuilt table would have lost."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from monarca.kit import triggers


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        triggers.install_all(options["database"])
