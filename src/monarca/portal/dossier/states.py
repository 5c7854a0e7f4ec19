"""What people read for each act of the journal, and the acts that mark a turn."""

from django.utils.translation import gettext_lazy as _

KEY = frozenset(
    {
        "application.submitted",
        "screening.passed",
        "screening.failed",
        "decision.confirmed",
        "agreement.signed",
        "payment.paid",
        "report.accepted",
        "disclosure.published",
    }
)

VERBS = {
    "access.barred": _("The file was closed to a person"),
    "access.reader": _("The file was opened to a person"),
    "application.reopened": _("Taken back to be changed"),
    "application.sealed": _("Sealed: open to named readers only"),
    "application.started": _("Started"),
    "application.submitted": _("Submitted"),
    "application.withdrawn": _("Withdrawn"),
    "attachment.added": _("A file was added"),
    "attachment.removed": _("A file was removed"),
    "check.confirmed": _("A finding was confirmed"),
    "check.waived": _("A finding was waived, with a reason"),
    "clarification.answered": _("The applicant answered the question"),
    "clarification.asked": _("A question was put to the applicant"),
    "conflict.declared": _("Interests were declared"),
    "decision.approved": _("The committee approved it"),
    "decision.confirmed": _("The head of mission confirmed the decision"),
    "decision.declined": _("The committee declined it"),
    "decision.deferred": _("The committee deferred it"),
    "decision.proposed": _("Laid before the committee"),
    "decision.proposed_again": _("Laid before the committee again"),
    "decision.reserved": _("The committee kept it in reserve"),
    "duplicate.paired": _("Linked with another application"),
    "envelope.committed": _("Money was committed in the envelope"),
    "envelope.paid": _("Money was paid from the envelope"),
    "envelope.recovered": _("Money came back to the envelope"),
    "envelope.released": _("Money was released in the envelope"),
    "envelope.reserved": _("Money was reserved in the envelope"),
    "intake.confirmed": _("Confirmed from the documents that arrived by mail"),
    "letter.written": _("A letter was written"),
    "review.assigned": _("A reviewer was assigned"),
    "review.completed": _("A review was completed"),
    "review.recused": _("A reviewer stepped back"),
    "review.returned": _("A review was given back to its reader"),
    "review.scored": _("A review was saved"),
    "screening.begun": _("Screening began: the rules ran"),
    "screening.failed": _("Found ineligible"),
    "screening.passed": _("Found eligible"),
    "statement.made": _("A GBA Plus statement was made, with evidence"),
    "statement.struck": _("A GBA Plus statement was taken back"),
    "withdrawal.recorded": _("The applicant withdrew"),
}
