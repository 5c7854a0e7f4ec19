"""Append-only tables: which they are, and triggers that guard them on both engines."""

from collections.abc import Iterable

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "{table}_{verb}_refused"


def install(
    table: str, guarded: Iterable[str], once: Iterable[str] = (), using: str = "default"
) -> None:
    """Refuse DELETE on `table` and UPDATE of its `guarded` columns; `once` may leave null once.

    Safe to run again: on SQLite a table rebuilt by a migration silently loses its triggers,
    so this runs from a migration and after every migrate.
    """
    connection = connections[using]
    for statement in statements(connection, table, tuple(guarded), tuple(once)):
        with connection.cursor() as cursor:
            cursor.execute(statement)


def remove(table: str, using: str = "default") -> None:
    """Take the triggers away; only tests that flush tables call this."""
    connection = connections[using]
    on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "again", "delete"):
            cursor.execute(f'DROP TRIGGER IF EXISTS "{NAME.format(table=table, verb=verb)}"{on}')


def installed(table: str, using: str = "default") -> set[str]:
    """The names of our triggers that stand on `table` now."""
    connection = connections[using]
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": (
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal"
        ),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return {row[0] for row in cursor.fetchall()}


def statements(
    connection: BaseDatabaseWrapper, table: str, guarded: tuple[str, ...], once: tuple[str, ...]
) -> Iterable[str]:
    if connection.vendor == "postgresql":
        yield (
            f'CREATE OR REPLACE FUNCTION "{table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS '
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
    yield from trigger(connection, table, "update", f"UPDATE OF {listed(guarded)}")
    yield from trigger(connection, table, "delete", "DELETE")
    if once:
        written = " OR ".join(f'OLD."{column}" IS NOT NULL' for column in once)
        yield from trigger(connection, table, "again", f"UPDATE OF {listed(once)}", written)


def listed(columns: Iterable[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def trigger(
    connection: BaseDatabaseWrapper, table: str, verb: str, event: str, when: str = ""
) -> Iterable[str]:
    name, condition = NAME.format(table=table, verb=verb), f"WHEN ({when}) " if when else ""
    head = f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW {condition}'
    if connection.vendor == "sqlite":
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield f"{head}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        return
    yield f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"'
    yield f'{head}EXECUTE FUNCTION "{table}_refuse"()'


def guarded() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Table -> (columns that never change, columns that leave null once).

    A model says so itself: `append_only = True`, and `written_once` names the exceptions.
    """
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for model in apps.get_models():
        if getattr(model, "append_only", False):
            once = tuple(getattr(model, "written_once", ()))
            columns = tuple(
                str(field.column) for field in columns_of(model) if field.name not in once
            )
            found[model._meta.db_table] = (columns, once)
    return found


def columns_of(model: type[models.Model]) -> "list[models.Field[object, object]]":
    return [field for field in model._meta.concrete_fields if not field.primary_key]


def install_all(using: str = "default") -> None:
    """Guard every append-only table that exists; safe to run again."""
    tables = set(connections[using].introspection.table_names())
    for table, (columns, once) in guarded().items():
        if table in tables:
            install(table, columns, once, using)


def remove_all(using: str = "default") -> None:
    for table in guarded():
        remove(table, using)
