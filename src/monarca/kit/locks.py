"""One at a time: a lock that lasts until the transaction ends."""

from zlib import crc32

from django.db import connections


def one_at_a_time(name: str, using: str = "default") -> None:
    """Wait until no other transaction holds `name`. SQLite already serialises writers."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [crc32(name.encode())])
