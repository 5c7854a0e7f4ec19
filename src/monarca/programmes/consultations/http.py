"""A form acts once; and words survive a session that ends: they wait for their writer alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from monarca.engines import references
from monarca.ground.people.http import Request
from monarca.ground.people.models import User

KEPT = "consultations.words"
SALT = "consultations.writer"
ONCE = "consultations.once"
LONGEST = 100_000

type View = Callable[..., HttpResponseBase]


def writing(view: View) -> View:
    """Only for who is signed in; what anybody else posts is kept until its writer signs in."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            answer = view(request, *args, **kwargs)
            if request.method == "POST" and answer.status_code == 302:
                request.session.pop(KEPT, None)
            return answer
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.get_full_path())

    return door


def waiting(request: Request) -> dict[str, str]:
    """What this person had written on this page when the session ended."""
    path, writer, words = request.session.get(KEPT, ("", 0, {}))
    return words if path == request.path and writer == request.user.pk else {}


def writer(user: User) -> str:
    """Stands in every form: nobody but its writer gets the words back."""
    return signing.dumps(user.pk, salt=SALT)


def once(request: Request) -> str:
    """Stands in every form: the code of what the form will write, good for this page and person."""
    return signing.dumps([references.make("R"), request.path, request.user.pk], salt=ONCE)


def drawn(request: Request) -> str:
    """The code that the page which is sent was given; empty where it was given none."""
    try:
        code, *where = signing.loads(request.POST.get("once", ""), salt=ONCE)
    except signing.BadSignature:
        return ""
    return str(code) if where == [request.path, request.user.pk] else ""


def _keep(request: HttpRequest) -> None:
    try:
        who = signing.loads(request.POST.get("writer", ""), salt=SALT)
    except signing.BadSignature:
        return
    words = {name: text for name, text in request.POST.items() if name not in OURS}
    if sum(len(str(text)) for text in words.values()) <= LONGEST:
        request.session[KEPT] = (request.path, who, _dates(words))


OURS = frozenset(("csrfmiddlewaretoken", "writer", "once"))


def _dates(words: dict[str, Any]) -> dict[str, Any]:
    """Three boxes of a date are one value again."""
    found = dict(words)
    for name in words:
        if name.endswith("_day"):
            stem = name.removesuffix("_day")
            boxes = (found.get(f"{stem}_{part}", "") for part in ("year", "month", "day"))
            found[stem] = "-".join(str(box) for box in boxes)
    return found
