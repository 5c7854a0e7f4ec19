from typing import Any

from django.db import migrations

from monarca.kit import triggers

COLUMNS = ("at", "by_id", "command", "verb", "subject", "file", "data", "sha256")


def guard(apps: Any, schema_editor: Any) -> None:
    using = schema_editor.connection.alias
    triggers.install("journal_entry", COLUMNS, ("position", "previous"), using)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
