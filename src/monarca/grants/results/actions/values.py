"""What every value must be, whether planned or reached; rows held while they change."""

from collections.abc import Mapping

from monarca.grants.agreements.models import Agreement
from monarca.grants.results import queries
from monarca.grants.results.models import Indicator
from monarca.grants.results.states import MOST, ORDER, TOTAL, Unit
from monarca.kit.guard import Refused

type Values = Mapping[str, int]
"""Group ("" for everybody, women, men, girls, boys, non_binary) -> whole number of the unit."""


class UnknownGroup(Refused):
    """Values are of everybody or of the five groups."""


class TotalMissing(Refused):
    """Groups stand beside a total, never instead of it."""


class ValueOutOfReason(Refused):
    """A value lies between zero and a limit, which is 100 for a percentage."""


class GroupsExceedTotal(Refused):
    """Nobody is in two groups, so together they are never more than everybody."""


class WhyNeeded(Refused):
    """A correction and an override say why."""


def check(indicator: Indicator, values: Values, *, whole: bool = True) -> None:
    """Refuse what cannot be: an unknown group, no total, a slip, or more than everybody."""
    for group, value in values.items():
        if group not in ORDER:
            raise UnknownGroup(group=group)
        most = 100 if indicator.unit == Unit.PERCENT else MOST
        if not 0 <= value <= most:
            raise ValueOutOfReason(least=0, most=most)
    if whole and TOTAL not in values:
        raise TotalMissing
    if indicator.unit == Unit.PERCENT or TOTAL not in values:
        return
    if queries.summed(dict(values)) > values[TOTAL]:
        raise GroupsExceedTotal(sum=queries.summed(dict(values)), total=values[TOTAL])


def lock_indicator(indicator: Indicator) -> Indicator:
    """The indicator's row, held: its values and targets change one at a time."""
    rows = Indicator.objects.select_for_update(of=("self",))
    return rows.select_related("agreement__application__call").get(pk=indicator.pk)


def lock_agreement(agreement: Agreement) -> Agreement:
    """The agreement's row, held until the transaction ends: numbers and markers one at a time."""
    rows = Agreement.objects.select_for_update(of=("self",))
    return rows.select_related("application__call").get(pk=agreement.pk)
