"""`monarca journal verify`: seal what waits, walk the chain, name the first broken link."""

from typing import Any

from monarca.engines.sealing import Break
from monarca.ground.journal import actions, queries
from monarca.kit.command import Command as Base
from monarca.kit.command import Parser, finish


class Command(Base):
    help = "Walk the journal's hash chain and name the first broken link."

    def add_arguments(self, parser: Parser) -> None:  # type: ignore[override]
        super().add_arguments(parser)
        parser.add_argument("verb", choices=["verify"])
        parser.add_argument("--no-seal", action="store_true", help="leave the unsealed tail alone")

    def handle(self, *_args: Any, **options: Any) -> None:
        sealed_now = 0 if options["no_seal"] else actions.seal()
        broken = queries.first_break()
        data = {
            "entries": queries.sealed().count(),
            "sealed_now": sealed_now,
            "unsealed": queries.unsealed().count(),
            "broken_at": broken.position if broken else None,
            "reason": self.sentence(broken.reason) if broken else None,
        }
        self.tell(data, self.words(data, broken), as_json=options["json"])
        finish(1 if broken else 0)

    def words(self, data: dict[str, Any], broken: Break | None) -> str:
        tail = f"{data['unsealed']} entries are not sealed yet."
        if broken is None:
            return f"The chain of {data['entries']} entries holds. {tail}"
        return f"The chain is broken at entry {broken.position}: {data['reason']} {tail}"
