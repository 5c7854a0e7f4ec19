"""`monarca demo`: a sample year of the fund, made by real acts, and the server to look at it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from monarca.ground.people.models import User
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, now
from monarca.portal.demo.management.year import home
from monarca.portal.home.management.commands.serve import is_taken

MOST = 100_000
WHERE_TO_CLICK = """
The sample year is ready in {home}.

  {address}demo/          be the applicant, the coordinator, the reviewer … one click each
  {address}demo/letters/  every letter that would have been sent
  {address}es/projects/   what everybody may read

Nothing here is real, and nothing leaves this machine.{ending}"""


class Command(Base):
    help = "Make a sample year of the fund by real acts, then serve it on this machine."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("--home", type=Path, metavar="DIR", help="where (var/demo)")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true", help="make it and stop")
        parser.add_argument(
            "--applications", type=int, default=0, metavar="N", help="N more, for tests of size"
        )
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="of those N")

    def handle(self, *_args: Any, **options: Any) -> None:
        self.check_options(options)
        wish = {"applications": options["applications"], "seed": options["seed"]}
        wanted = home.wanted(**wish)
        made = not (home.is_finished(settings.HOME, wanted, at=now()) and holds_people())
        if made:
            call_command("sample_year", stdout=self.stdout, stderr=self.stderr, **wish)
        self.tell_where(options, {**wanted, "made": made})
        if not options["no_serve"]:
            call_command("serve", host="127.0.0.1", port=options["port"], workers=1)

    def tell_where(self, options: dict[str, Any], told: dict[str, Any]) -> None:
        address = f"http://127.0.0.1:{options['port']}/"
        ending = " `monarca demo` serves it." if options["no_serve"] else " Ctrl+C stops it."
        self.tell(
            {"home": str(settings.HOME), "address": address, **told},
            WHERE_TO_CLICK.format(home=settings.HOME, address=address, ending=ending),
            as_json=options["json"],
        )
        self.stdout.flush()

    def check_options(self, options: dict[str, Any]) -> None:
        if not settings.DEMO:
            self.stop("The demo runs as `monarca demo` or with MONARCA_DEMO=1.", 2)
        if options["home"] and options["home"].expanduser().resolve() != settings.HOME:
            self.stop("--home is read by `monarca demo`; here MONARCA_HOME says where.", 2)
        if not 0 < options["port"] < 65536:
            self.stop("--port is 1 to 65535.", 2)
        if not 0 <= options["applications"] <= MOST:
            self.stop(f"--applications is 0 to {MOST}.", 2)
        if not options["no_serve"] and is_taken(options["port"]):
            self.stop(f"Port {options['port']} is taken: choose another with --port.")


def holds_people() -> bool:
    """Has the database its tables, and anybody in them?"""
    try:
        return User.objects.exists()
    except DatabaseError:
        return False
