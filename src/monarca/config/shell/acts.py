"""Acts of the river that a command does for a person: the same verbs as the pages speak."""

from collections.abc import Callable, Mapping, Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction

from monarca.config.shell.river import Asked, NotTold, asked
from monarca.engines.reasons import Reason
from monarca.grants.reviews import actions as reviews
from monarca.kit.guard import Refused


def do(name: str, code: str, *given: object, by: str) -> int | Reason:
    """Do one act for the person with this address, all of it or nothing; or why it was refused."""
    try:
        with transaction.atomic():
            return ACTS[name](asked(code, asker=by), *given)
    except (NotTold, Refused) as refused:
        return refused.reason
    except PermissionDenied:
        return Reason("shell.not_yours", {"asker": by})


def assign(given: Asked, pairs: Sequence[tuple[str, str]]) -> int:
    """Give files to reviewers (reference, e-mail); what was given already stays as it is."""
    if given.user is None:
        raise PermissionDenied
    return len(reviews.assign_all(given.call, pairs, by=given.user, at=given.at))


ACTS: Mapping[str, Callable[..., int]] = {"assign": assign}
