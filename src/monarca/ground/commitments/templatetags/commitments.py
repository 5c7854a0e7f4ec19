"""`{% commitments_of rows %}`: what a record deposited, as a list with status and due date."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.template.context import Context

from monarca.ground.commitments import queries
from monarca.ground.commitments.forms import showing
from monarca.ground.commitments.models import Commitment

register = template.Library()


@register.inclusion_tag("commitments/rows.html", takes_context=True)
def commitments_of(context: Context, rows: Iterable[Commitment]) -> dict[str, Any]:
    """Rows of `commitments.queries.of_source`, in one question: the caller has narrowed them."""
    on = queries.day_of(context["request"].at)
    return {"rows": [showing.line(row, on=on) for row in rows]}
