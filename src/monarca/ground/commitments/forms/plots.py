"""The register drawn: every plot is a table that prints its figures beside its bars."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.ground.commitments.forms.showing import overdue_word
from monarca.ground.commitments.queries import OVERDUE, Ended, Overview, Share
from monarca.ground.commitments.states import Aims, Pillars, Status
from monarca.kit import formats
from monarca.kit.parts import Bar, Stacked

SHOWN = (
    Status.PROMISED,
    Status.UNDER_WAY,
    OVERDUE,
    Status.KEPT,
    Status.PARTLY_KEPT,
    Status.NOT_KEPT,
    Status.WITHDRAWN,
)
INK: Mapping[str, str] = {Status.KEPT: "ok", OVERDUE: "wing", Status.NOT_KEPT: "wing"}


def figures(overview: Overview) -> list[tuple[str, str]]:
    """Four numbers worth remembering."""
    counted = overview.statuses
    running = counted[Status.PROMISED] + counted[Status.UNDER_WAY]
    return [
        (formats.number(overview.total), pgettext("commitments", "promised in all")),
        (formats.number(counted[Status.KEPT]), pgettext("commitments", "kept")),
        (formats.number(running), pgettext("commitments", "open, in time")),
        (formats.number(counted[OVERDUE]), pgettext("commitments", "open and overdue")),
    ]


def status_head() -> list[str]:
    return [pgettext("column", "Status"), "", pgettext("column", "Commitments")]


def status_rows(overview: Overview) -> list[list[Any]]:
    """One bar a status, in the order of a commitment's life."""
    top = max(overview.statuses.values(), default=0)
    return [
        [
            overdue_word() if key == OVERDUE else str(Status(key).label),
            Bar(overview.statuses[key], top, INK.get(key, "ink")),
            formats.number(overview.statuses[key]),
        ]
        for key in SHOWN
    ]


def legend() -> list[tuple[str, str]]:
    return [
        (pgettext("commitments", "Kept"), "ok"),
        (pgettext("commitments", "Open"), "link"),
        (pgettext("commitments", "Overdue, in part or not kept"), "wing"),
        (pgettext("commitments", "Withdrawn"), "line"),
    ]


def aim_head() -> list[str]:
    return _share_head(pgettext("column", "Shared aim"))


def pillar_head() -> list[str]:
    return _share_head(pgettext("column", "Pillar"))


def _share_head(first: str) -> list[str]:
    return [
        first,
        "",
        pgettext("column", "Kept"),
        pgettext("column", "Open"),
        pgettext("column", "Late or missed"),
        pgettext("column", "All"),
    ]


def aim_rows(shares: Iterable[Share]) -> list[list[Any]]:
    return _share_rows(shares, {one.value: str(one.label) for one in Aims})


def pillar_rows(shares: Iterable[Share]) -> list[list[Any]]:
    return _share_rows(shares, {one.value: str(one.label) for one in Pillars})


def _share_rows(shares: Iterable[Share], names: Mapping[str, str]) -> list[list[Any]]:
    """Every name has its row, with commitments or without, the largest first."""
    told = {share.key: share for share in shares}
    told |= {key: Share(key) for key in names if key not in told}
    top = max((share.total for share in told.values()), default=0)
    return [
        [
            names[share.key],
            Stacked(_parts(share), top),
            *_counted((share.kept, share.open, share.overdue + share.missed, share.total)),
        ]
        for share in told.values()
    ]


def _counted(counts: Sequence[int]) -> list[SafeString]:
    """Figures under their heads; a phone, which has no room for heads, says them beside each."""
    labels = _share_head("")[2:]
    return [_labelled(label, count) for label, count in zip(labels, counts, strict=True)]


def _labelled(label: str, count: int) -> SafeString:
    return format_html('<span class="of">{}</span>{}', label, formats.number(count))


def _parts(share: Share) -> list[tuple[int, str]]:
    wrong = share.overdue + share.missed
    return [(share.kept, "ok"), (share.open, "link"), (wrong, "wing"), (share.withdrawn, "line")]


def ended_legend() -> list[tuple[str, str]]:
    return [
        (pgettext("commitments", "Kept in time"), "ok"),
        (pgettext("commitments", "Kept late"), "link"),
        (pgettext("commitments", "Kept in part"), "soft"),
        (pgettext("commitments", "Not kept"), "wing"),
    ]


def ended_head() -> list[str]:
    return [pgettext("column", "Closed in"), "", *(text for text, _tone in ended_legend())]


def ended_rows(rows: Iterable[Ended]) -> list[list[Any]]:
    """What ended, quarter by quarter."""
    told = list(rows)
    top = max((row.in_time + row.late + row.partly + row.missed for row in told), default=0)
    return [
        [
            _("%(year)s, quarter %(quarter)s") % {"year": row.year, "quarter": row.quarter},
            Stacked(list(zip(_counts(row), ("ok", "link", "soft", "wing"), strict=True)), top),
            *(
                _labelled(label, count)
                for (label, _tone), count in zip(ended_legend(), _counts(row), strict=True)
            ),
        ]
        for row in told
    ]


def _counts(row: Ended) -> tuple[int, int, int, int]:
    return row.in_time, row.late, row.partly, row.missed
