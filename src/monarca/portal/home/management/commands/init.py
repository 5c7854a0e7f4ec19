"""`monarca init --admin E-MAIL`: a new, empty installation in MONARCA_HOME."""

from typing import Any

from django.conf import settings
from django.core.management import call_command

from monarca.ground.codelists import actions as codelists
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission
from monarca.ground.people.states import Roles
from monarca.ground.rates import actions as rates
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, now


class Command(Base):
    help = "Make a new, empty installation: database, places, exchange rates, static files."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("--admin", required=True, metavar="E-MAIL", help="the first manager")
        parser.add_argument("--mission", default="MEXICO", help="the mission's code")

    def handle(self, *_args: Any, **options: Any) -> None:
        if "@" not in options["admin"]:
            self.stop(f"{options['admin']!r} is not an e-mail address.", 2)
        prepare()
        at = now()
        codelists.load_places(by=None, at=at)
        rates.load_published(by=None, at=at)
        manager = people.join(options["admin"], by=None, at=at)
        mission = Mission.objects.filter(code=options["mission"]).first() or people.found_mission(
            options["mission"],
            by=None,
            at=at,
            name={"es": options["mission"], "en": options["mission"], "fr": options["mission"]},
            countries=["MX"],
            time_zone="America/Mexico_City",
        )
        people.give_role(manager, by=None, at=at, mission=mission, role=Roles.MANAGER)
        home = str(settings.HOME)
        self.tell(
            {"home": home, "admin": manager.email, "mission": mission.code},
            f"Ready in {home}. {manager.email} manages {mission.code}.\n"
            "Next: monarca pack load DIR, then monarca serve and monarca worker.",
            as_json=options["json"],
        )


def prepare() -> None:
    """Tables, the shared cache, and the static files; safe to run again."""
    settings.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=False)
