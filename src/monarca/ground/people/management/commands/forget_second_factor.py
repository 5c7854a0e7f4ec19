"""`forget_second_factor E-MAIL`: let a person who lost phone and recovery codes begin anew."""

from typing import Any

from monarca.ground.people import actions, queries
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, now


class Command(Base):
    help = "Forget the authenticator app and recovery codes of one person. Be sure who asks."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("email", metavar="E-MAIL")

    def handle(self, *_args: Any, **options: Any) -> None:
        email = options["email"]
        user = queries.person_of(email)
        if user is None:
            self.stop(f"Nobody is known by the address {email}.")
            return
        actions.forget_second_factor(user, by=None, at=now())
        told = f"{email} sets up another authenticator app at the next sign-in."
        self.tell({"email": email}, told, as_json=options["json"])
