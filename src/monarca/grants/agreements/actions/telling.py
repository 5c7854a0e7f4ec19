"""What the recipient hears of its agreement."""

from datetime import datetime
from typing import Any

from monarca.grants.agreements.models import Agreement
from monarca.grants.calls import queries as calls
from monarca.ground.letters import actions as letters
from monarca.ground.people.models import User


def tell(agreement: Agreement, key: str, *, by: User, at: datetime, **placeholders: Any) -> None:
    """Write the letter `key` with the agreement's number and the way to its page."""
    file = agreement.application
    letters.write(
        key,
        to=agreement.recipient,
        by=by,
        at=at,
        about=agreement,
        file=file,
        call_texts=calls.definition(file.form_id)["letters"],
        address=f"/applications/{file.reference}/agreement/",
        number=agreement.number,
        **placeholders,
    )
