"""One example of each page of the front door that anybody or an applicant reads."""

from tests.examples.applications import member_of
from tests.world_year import holder

EXAMPLES = {
    "healthz": lambda _given: (None, {}),
    "readyz": lambda _given: (None, {}),
    "home:home": lambda _given: (None, {}),
    "home:desk": lambda _given: (holder("manager"), {}),
    "home:together": lambda _world: (None, {}),
    "home:help": lambda _given: (None, {}),
    "home:privacy": lambda _given: (None, {}),
    "home:accessibility": lambda _given: (None, {}),
    "home:source": lambda _given: (None, {}),
    "home:mine": lambda given: (member_of(given.submitted), {}),
    "home:after-sign-in": lambda given: (member_of(given.submitted), {}),
}
