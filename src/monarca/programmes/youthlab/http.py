"""Words survive an expired session: what was posted waits until the same person signs in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict

from monarca.ground.people.http import Request
from monarca.ground.people.models import User

KEPT = "youthlab.kept"
SALT = "youthlab.words"
MOST = 100_000
"""Letters that wait at most; a page holds far fewer."""

type View = Callable[..., HttpResponse]


def words_survive(view: View) -> View:
    """Ask whoever is not signed in to sign in, and give back afterwards what they had typed."""

    @wraps(view)
    def asking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                _keep(request)
            return redirect_to_login(request.get_full_path())
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            _forget(request)
        return response

    return asking


def typed(request: Request) -> QueryDict | None:
    """What is posted now, or what this person had posted here when the session had expired."""
    if request.method == "POST":
        return cast("QueryDict", request.POST)
    path, query, who = request.session.get(KEPT, ("", "", 0))
    if path != request.path or who != request.user.pk:
        return None
    return QueryDict(query)


def token(user: User) -> str:
    """Stands in every form, so that words go back to nobody but who typed them."""
    return signing.dumps(user.pk, salt=SALT)


def _keep(request: HttpRequest) -> None:
    """Signed out in the meantime: keep the words with whom they belong to, if that is known."""
    try:
        who = signing.loads(request.POST.get("who", ""), salt=SALT)
    except signing.BadSignature:
        return
    posted = request.POST.copy()
    for name in ("csrfmiddlewaretoken", "who"):
        posted.pop(name, None)
    query = posted.urlencode()
    if len(query) <= MOST:
        request.session[KEPT] = (request.path, query, who)


def _forget(request: HttpRequest) -> None:
    if request.session.get(KEPT, ("",))[0] == request.path:
        del request.session[KEPT]
