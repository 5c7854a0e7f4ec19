"""The page of climate as data: what projects achieved, ready to print."""

from collections.abc import Iterable

from django.utils.translation import ngettext, pgettext

from monarca.kit import formats
from monarca.portal.climate.queries import Sum


def achieved_head() -> list[str]:
    return [
        pgettext("column", "What projects did"),
        pgettext("column", "In all"),
        pgettext("column", "From"),
    ]


def achieved_rows(sums: Iterable[Sum]) -> list[list[object]]:
    """One line an indicator; lines are never added to one another."""
    return [
        [
            str(one.achievement.title),
            f"{formats.number(one.value)} {one.achievement.unit}",
            ngettext("%(n)s project", "%(n)s projects", one.projects)
            % {"n": formats.number(one.projects)},
        ]
        for one in sums
    ]
