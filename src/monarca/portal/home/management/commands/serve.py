"""`monarca serve`: the web server (granian, WSGI)."""

import gc
import socket
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.translation import gettext, override
from granian.constants import Interfaces
from granian.server import Server

from monarca.kit.command import Command as Base
from monarca.kit.command import Parser


class Command(Base):
    help = "Serve the pages. Put a proxy that speaks TLS before it when it faces the internet."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=1)

    def handle(self, *_args: Any, **options: Any) -> None:
        if not 1 <= options["workers"] <= 64 or not 0 < options["port"] < 65536:
            self.stop("--workers is 1 to 64 and --port 1 to 65535.", 2)
        if is_taken(options["port"], host=options["host"]):
            self.stop(f"Port {options['port']} is taken: choose another with --port.")
        self.remark(f"Monarca listens on http://{options['host']}:{options['port']}/")
        serve(options["host"], options["port"], options["workers"])


def serve(host: str, port: int, workers: int) -> None:
    """Serve until stopped; one process a worker, four threads each."""
    share()
    Server(
        "monarca.config.wsgi:application",
        address=host,
        port=port,
        workers=workers,
        blocking_threads=4,
        interface=Interfaces.WSGI,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()


def is_taken(port: int, *, host: str = "127.0.0.1") -> bool:
    """Does somebody listen on this port already? Two servers would share its visitors unseen."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def share() -> None:
    """Load once what every worker needs, before they part: they share this memory.

    What is frozen is left alone by the collector of each worker, so that its pages stay shared.
    """
    import_module("monarca.config.wsgi")
    for language, _name in settings.LANGUAGES:
        with override(language):
            get_resolver().reverse_dict  # noqa: B018
            gettext("")
    connections.close_all()
    gc.collect()
    gc.freeze()
