"""What a telephone receives of an applicant's page: at most 30 KB in at most five requests, cold."""

import pytest
from playwright.sync_api import Browser, Response

from tests.addresses import every_state
from tests.browser.checks import FEWEST, LIGHTEST
from tests.browser.walking import listening
from tests.served import Served

PAGES = [page for page in every_state() if not page.is_staff and not page.name.startswith("demo:")]


def sent(response: Response) -> int:
    """Bytes of head and body as they came over the wire, compressed if they were."""
    sizes = response.request.sizes()
    return int(sizes["responseHeadersSize"] + sizes["responseBodySize"])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.example)
def test_an_applicant_s_page_is_light(served: Served, browser: Browser, page) -> None:
    assert not served.missing(page.example), served.missing(page.example)
    cold = browser.new_context(viewport={"width": 360, "height": 740}, locale="es-MX")
    looker = listening(cold, served.url, 360)
    came: list[Response] = []
    looker.page.on("response", lambda response: came.append(response))  # noqa: PLW0108
    answer = looker.open(served.address(page.example, "es"), served.session(page.example))
    if answer is not None and "text/html" in answer.headers.get("content-type", ""):
        looker.page.wait_for_load_state("networkidle")  # the icon comes after everything else
        weights = {response.url.split("/", 3)[3]: sent(response) for response in came}
        print(f"{sum(weights.values())} bytes")  # pytest -rP shows it
        assert answer.headers.get("content-encoding") == "gzip"
        assert sum(weights.values()) <= LIGHTEST, weights
        assert len(came) <= FEWEST, weights
    cold.close()
