"""One example of each page of reports, found in whatever world there is."""

from monarca.grants.reports.models import Receipt, Report
from monarca.ground.partners.models import Membership
from tests.world_year import holder


def writer(report):
    """Somebody who writes in the report."""
    member = Membership.objects.filter(organisation=report.agreement.recipient).order_by("pk")[0]
    return member.user


def parts(report, **more):
    return {"ref": report.application.reference, "number": report.number, **more}


def open_one(**more):
    """A report somebody is writing, with a receipt."""
    report = Receipt.objects.filter(report__submitted_at=None).order_by("pk")[0].report
    return writer(report), parts(report, **more)


def sent_one(role="coordinator"):
    report = Report.objects.exclude(submitted_at=None).order_by("pk")[0]
    return holder(role), parts(report)


def own(given):
    """The same file without the number."""
    user, kwargs = given
    return user, {"ref": kwargs["ref"]}


def a_receipt(**more):
    receipt = Receipt.objects.filter(report__submitted_at=None).order_by("pk")[0]
    return open_one(receipt=receipt.number, **more)


def sent_by_me():
    report = Report.objects.exclude(submitted_at=None).order_by("pk")[0]
    return writer(report), parts(report)


EXAMPLES = {
    "reports:mine": lambda _world: own(open_one()),
    "reports:report": lambda _world: open_one(),
    "reports:report?sent": lambda _world: sent_by_me(),
    "reports:part": lambda _world: open_one(part="narrative"),
    "reports:part?figures": lambda _world: open_one(part="figures"),
    "reports:part?expenses": lambda _world: open_one(part="expenses"),
    "reports:part?budget": lambda _world: open_one(part="budget"),
    "reports:check": lambda _world: open_one(),
    "reports:receipts": lambda _world: open_one(),
    "reports:receipt": lambda _world: a_receipt(),
    "reports:remove": lambda _world: a_receipt(),
    "reports:list": lambda _world: (holder("coordinator"), {}),
    "reports:list?view=all": lambda _world: (holder("coordinator"), {}),
    "reports:file": lambda _world: own(sent_one()),
    "reports:read": lambda _world: sent_one(),
    "reports:accept": lambda _world: sent_one(),
    "reports:return": lambda _world: sent_one(),
}
