"""One example of each page of the front door that anybody or an applicant reads."""

from tests.examples.applications import member_of

EXAMPLES = {
    "home:home": lambda _given: (None, {}),
    "home:mine": lambda given: (member_of(given.submitted), {}),
    "home:after-sign-in": lambda given: (member_of(given.submitted), {}),
}
