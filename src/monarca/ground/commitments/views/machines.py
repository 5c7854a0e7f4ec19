"""The register for programs: a feed, files of what the asker may see, and the open data."""

from hashlib import sha256

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie

from monarca.ground.commitments import queries
from monarca.ground.commitments.forms import feed as atom
from monarca.ground.commitments.forms import sheets
from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Aims
from monarca.ground.commitments.views.public import wanted, who
from monarca.ground.people.http import Request, our_address
from monarca.ground.people.models import User
from monarca.kit import trilingual


@require_safe
def feed(request: Request) -> HttpResponse:
    """Public news, of all commitments or of those that serve one aim."""
    aim = request.GET.get("aim", "")
    if aim and aim not in Aims.values:
        raise Http404
    asked = queries.Filter(aim=aim)
    news = queries.news(queries.narrowed(queries.public(), asked, on=queries.day_of(request.at)))
    author = trilingual.say(news[0].commitment.mission.name).text if news else ""
    data = atom.written(
        news, whole=lambda path: our_address(request, path), author=author or "Monarca", aim=aim
    )
    return _fresh(request, HttpResponse(data, content_type=atom.MEDIA))


@require_safe
@vary_on_cookie
def export(request: Request, kind: str) -> HttpResponse:
    """What the asker may see and asked for, as CSV or XLSX; people's names never leave."""
    user = who(request)
    seen = queries.visible_to(user, at=request.at)
    rows = queries.narrowed(seen, wanted(request), on=queries.day_of(request.at))
    return _file(request, kind, rows, user)


@require_safe
def open_data(request: Request, kind: str) -> HttpResponse:
    """Everything public, for programs: the same for everybody, whoever asks."""
    with override("en"):
        response = _file(request, kind, queries.public(), None)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "public, no-cache"
    return _fresh(request, response)


def _file(
    request: Request, kind: str, rows: QuerySet[Commitment], user: User | None
) -> HttpResponse:
    if kind not in sheets.MEDIA:
        raise Http404
    base = our_address(request, reverse("commitments:list")).rstrip("/")
    told = sheets.cells(queries.exported(rows, user, at=request.at), base=base)
    response = HttpResponse(sheets.written(kind, told), content_type=sheets.MEDIA[kind])
    response.headers["Content-Disposition"] = f'attachment; filename="commitments.{kind}"'
    return response


def _fresh(request: Request, response: HttpResponse) -> HttpResponse:
    """The answer with the hash of its bytes; nothing but that to whoever holds them already."""
    tag = f'"{sha256(response.content).hexdigest()}"'
    if tag in request.headers.get("If-None-Match", ""):
        same = HttpResponseNotModified()
        same.headers["ETag"] = tag
        return same
    response.headers["ETag"] = tag
    return response
