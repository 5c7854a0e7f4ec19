"""Which tables are append-only, and the one call that guards them all."""

from django.apps import apps
from django.db import connections, models

from monarca.kit import triggers


def guarded() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Table -> (columns that never change, columns that leave null once).

    A model says so itself: `append_only = True`, and `written_once` names the exceptions.
    """
    found = {}
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            once = tuple(getattr(model, "written_once", ()))
            columns = tuple(field.column for field in columns_of(model) if field.name not in once)
            found[model._meta.db_table] = (columns, once)
    return found


def columns_of(model: type[models.Model]) -> "list[models.Field[object, object]]":
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def install(using: str = "default") -> None:
    """Guard every append-only table that exists; safe to run again."""
    tables = set(connections[using].introspection.table_names())
    for table, (columns, once) in guarded().items():
        if table in tables:
            triggers.install(table, columns, once, using)


def remove(using: str = "default") -> None:
    for table in guarded():
        triggers.remove(table, using)
