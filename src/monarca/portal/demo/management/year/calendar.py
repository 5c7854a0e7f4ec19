"""The written calendar of the sample year: every act takes its `at` from here, never from a clock.

Days and hours are those of Mexico City, which keeps UTC-6 the whole year since 2022. They are
fixed, so that rates, papers and public files never change from one making to the next.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("America/Mexico_City")


def on(day: str, hour: str = "10:00") -> datetime:
    """An instant of the mission's day: on("2024-04-23", "16:30")."""
    return datetime.fromisoformat(f"{day}T{hour}:00").replace(tzinfo=HERE)


def a_day(day: str) -> date:
    return date.fromisoformat(day)


# The mission and its people, before anything else.
ARRIVES = on("2024-01-08", "09:00")
LOADS_THE_PACK = on("2024-02-19", "11:00")
PUBLISHES = on("2024-03-01", "12:00")

# The call of 2024 has the pack's own window: 4 March to Sunday 21 April, one minute to midnight.
BY_HAND = on("2024-04-19", "15:10")
"""When a form came that was no e-mail: copied from a memory stick at the front desk."""

# Screening, reviews, the committee.
READS_THE_INBOX = on("2024-04-23", "09:30")
CONFIRMS_WHAT_WAS_READ = on("2024-04-24", "10:00")
SEALS = on("2024-04-24", "18:20")
BEGINS_TO_SCREEN = on("2024-04-25", "09:00")
ASKS = on("2024-04-26", "12:00")
ANSWER_DUE = a_day("2024-05-06")
IS_ANSWERED = on("2024-05-03", "17:45")
CONCLUDES = on("2024-05-08", "11:00")
ASSIGNS = on("2024-05-09", "10:00")
REVIEW_DUE = a_day("2024-05-31")
DECLARES = on("2024-05-10", "09:15")
READS = on("2024-05-13", "09:00")
HEADQUARTERS_SETS_THE_MONEY = on("2024-06-03", "10:00")
MEETS = on("2024-06-11", "10:00")
MEETING_ENDS = on("2024-06-11", "14:30")
READ_BY_AUTUMN = a_day("2024-09-30")
HEAD_CONFIRMS = on("2024-06-14", "12:00")

# Agreements and the first money.
DRAFTS = on("2024-07-01", "10:00")
SENDS = on("2024-07-08", "12:00")
RECIPIENT_SIGNS = a_day("2024-07-18")
CANADA_SIGNS = a_day("2024-07-24")
RECORDS_SIGNATURES = on("2024-07-25", "11:00")
PLANS_RESULTS = on("2024-07-30", "10:00")
ASKS_FOR_THE_ADVANCE = on("2024-08-12", "10:00")
REFUSES_ONE = on("2024-08-13", "16:00")
ASKS_AGAIN = on("2024-08-20", "10:00")
CERTIFIES = on("2024-08-21", "11:00")
RELEASES = on("2024-08-22", "13:00")
ADVANCE_IS_PAID = a_day("2024-08-28")
RECORDS_THE_ADVANCE = on("2024-08-29", "12:00")

# A second look, with money that others gave back.
MORE_MONEY = on("2024-11-12", "10:00")
MEETS_AGAIN = on("2024-11-19", "10:00")
HEAD_CONFIRMS_AGAIN = on("2024-11-22", "12:00")
SENDS_ONE_MORE = on("2024-12-02", "12:00")
AMENDS = on("2024-12-05", "11:00")

# Reports, the rest of the money, what came of it.
CLOCK_ASKS_FOR_REPORTS = on("2025-01-31", "07:00")
WRITES_A_REPORT = on("2025-03-03", "20:10")
SENDS_A_REPORT = on("2025-03-04", "19:00")
RETURNS_ONE = on("2025-03-06", "12:00")
SENDS_IT_AGAIN = on("2025-03-09", "21:30")
ACCEPTS = on("2025-03-11", "11:00")
ASKS_FOR_THE_REST = on("2025-03-12", "10:00")
CERTIFIES_THE_REST = on("2025-03-13", "11:00")
RELEASES_THE_REST = on("2025-03-14", "13:00")
REST_IS_PAID = a_day("2025-03-19")
RECORDS_THE_REST = on("2025-03-20", "12:00")
MONEY_COMES_BACK = a_day("2025-03-26")
RECORDS_WHAT_CAME_BACK = on("2025-03-27", "10:00")
CLOSES_THE_MONEY = on("2025-03-28", "11:00")
MEASURES = on("2025-03-28", "12:00")
VERIFIES = on("2025-03-31", "10:00")

# What everybody may read.
PREPARES_DISCLOSURE = on("2025-04-07", "10:00")
TRANSLATES = on("2025-04-09", "10:00")
READS_TRANSLATIONS = on("2025-04-11", "10:00")
APPROVES_DISCLOSURE = on("2025-04-14", "11:00")
PUBLISHES_DISCLOSURE = on("2025-04-30", "09:00")
EXPORTS = on("2025-04-30", "18:00")
CALL_IS_CLOSED = on("2024-04-22", "00:10")
