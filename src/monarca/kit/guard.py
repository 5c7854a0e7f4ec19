"""Refusals: expected ways an action can say no."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied

from monarca.engines.reasons import Reason, Value


class Refused(Exception):
    """An action said no for a reason the person can be told.

    `reason` names the sentence (see `kit.reasons`); the class name serves where an
    action gives none.
    """

    def __init__(self, reason: Reason | str = "", **values: Value) -> None:
        if isinstance(reason, str):
            reason = Reason(reason or type(self).__name__, values)
        self.reason = reason
        super().__init__(reason.code, dict(reason.values))

    @property
    def values(self) -> Mapping[str, Value]:
        return self.reason.values


def require(allowed: bool) -> None:
    """Gate 2: the person may see the file but not do this; answered with 403."""
    if not allowed:
        raise PermissionDenied
