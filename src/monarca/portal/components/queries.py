"""Samples for the page that shows every component; nothing here comes from the database."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

from monarca.engines import trajectories
from monarca.engines.trajectories import Pledge, Point
from monarca.kit.formats import deadline, money, number
from monarca.kit.parts import (
    Bar,
    Doubt,
    Entry,
    Link,
    Noted,
    Pick,
    Spark,
    Spread,
    Stacked,
    Status,
    Total,
)

AT = datetime(2026, 5, 20, 20, 32, 7, tzinfo=UTC)
CLOSES = datetime(2026, 5, 23, 5, 59, tzinfo=UTC)
ZONE = "America/Mexico_City"
PROBLEM = "En las tres comunidades el agua la acarrean mujeres y niñas: dos a cuatro horas al día."


def samples() -> dict[str, object]:
    """Rows ready to print for each component, by the name under which the page shows them."""
    return {**_ways(), **_lists(), **_answers(), **_tables(), **_budget(), **_charts(), **_course()}


def _ways() -> dict[str, object]:
    return {
        "trail": [("Desk", "#desk"), ("My reviews (4)", "#reviews")],
        "river_links": ["#call", "#application", "#review"],
        "views": [("To do", "#todo"), ("Waiting", "#waiting"), ("Done", "#done")],
        "deadline": deadline(CLOSES, ZONE, AT),
        "past": deadline(CLOSES, ZONE, CLOSES + timedelta(minutes=1)),
        "errors": [
            ("spoken", "Write how many women you spoke with; if none, write 0"),
            ("harm", "The answer has 12 words; the limit is 10"),
        ],
    }


def _lists() -> dict[str, object]:
    return {
        "tasks": [
            ("The project", "Title, places, dates", "#project", "Complete", "ok"),
            ("The organization", "Registration and contact", "#organization", "3 answers", "warn"),
            ("Budget", "", "#budget", "To correct", "bad"),
            ("Declaration", "When all the rest is complete", "", "Cannot start yet", "plain"),
        ],
        "facts": [
            ("Title", "Agua segura y decisiones compartidas en la Mixteca", "#title"),
            ("Amount requested", money(4229885), "#amount"),
            ("Registration", "Yes. Notary 84 of Oaxaca, March 12, 2017"),
        ],
        "figures": [
            (number(21), "projects funded"),
            (money(91840000), "committed"),
            (number(14), "states of 32"),
        ],
        "timeline": [
            (AT, "May 20, 14:32", "Application received", True),
            (AT - timedelta(days=2), "May 18, 9:10", "Budget saved by Rosa Hernández", False),
            (AT - timedelta(days=9), "May 11, 18:02", "Started", False),
        ],
        "filters": [
            ("q", "Words", "agua"),
            ("status", "Status", "sent", [("", "Any"), ("sent", "Sent"), ("draft", "Draft")]),
        ],
        "digest": "9f2c41d87be03a56c1f408e9d27b6a135c90e84f17ab2d36f058b9c463e17a2d",
    }


def _answers() -> dict[str, object]:
    return {
        "problem": PROBLEM,
        "registered": [
            ("yes", "Yes"),
            ("no", "No"),
            ("at_risk", "No: it would put us at risk", "We will not publish your name or place"),
        ],
        "groups": [
            ("women", "Women and girls"),
            ("indigenous", "People who speak an Indigenous language", "Say which one below"),
            ("disability", "People with disabilities"),
        ],
        "groups_chosen": ["women", "indigenous"],
        "states": [("07", "Chiapas"), ("20", "Oaxaca"), ("31", "Yucatán")],
        "anchors": [
            "not mentioned",
            "mentioned without data",
            "some data",
            "describes differences and answers them",
            "changes who decides",
            "changes who decides, with targets and care",
        ],
    }


def _tables() -> dict[str, object]:
    return {
        "table_head": ["Application", "Organization", "Status", "Six weeks", "Requested (CAD)"],
        "table_rows": [
            [
                Link("CFLI-MX-0147", "#0147", "Agua segura en la Mixteca"),
                Noted("Tejedoras del Agua A.C.", "Oaxaca", "es"),
                Status("To screen", "warn"),
                Spark([3, 5, 9, 14, 12, 14], "Six weeks: from 3 to 14"),
                "42,298.85",
            ],
            [
                Link("CFLI-MX-0064", "#0064", "Manglar comunitario"),
                Noted("Socias del Vivero", "Nayarit", "es"),
                [Status("Sealed", "ink"), Status("Review 1 of 2", "info")],
                Spark([0, 0, 1, 1, 2, 2], "Six weeks: from 0 to 2"),
                "45,000.00",
            ],
        ],
        "table_foot": ["2 applications", "", "", "", "87,298.85"],
        "table_class": ["", "sealed"],
        "compared": [
            ("Title", "Agua segura", "Agua segura y decisiones compartidas"),
            ("Ends", "February 15, 2027", "February 15, 2027"),
            ("Requested", "", "42,298.85 CAD"),
        ],
    }


def _budget() -> dict[str, object]:
    kinds = [("training", "Training"), ("equipment", "Equipment")]
    lines = [
        ("Workshops", "training", "12", "8,500", "102,000.00"),
        ("Filters", "equipment", "45", "3,400", "153,000.00"),
    ]
    rows = [
        [
            Entry(f"what-{index}", f"Item {index}", what, figure=False),
            Pick(f"kind-{index}", f"Category of item {index}", kinds, kind),
            Entry(f"quantity-{index}", f"Quantity of item {index}", quantity, factor=True),
            Entry(f"price-{index}", f"Unit cost of item {index}", price, factor=True),
            Total(total),
        ]
        for index, (what, kind, quantity, price, total) in enumerate(lines, start=1)
    ]
    return {
        "budget_head": ["Item", "Category", "Quantity", "Unit cost (MXN)", "Total (MXN)"],
        "budget_rows": rows,
        "budget_foot": ["Sum", "", "", "", Total("255,000.00", whole=True)],
    }


def _charts() -> dict[str, object]:
    return {
        "bars_head": ["Priority", "", "Projects"],
        "stacks_head": ["State", "", "Applications"],
        "spreads_head": ["Criterion", "", "Mean"],
        "bars": [
            ["Inclusive governance", Bar(9, 12), "9"],
            ["Environment and climate", Bar(12, 12, "wing"), "12"],
            ["Peace and security", Bar(2, 12), "2"],
        ],
        "stacks": [
            ["Oaxaca", Stacked([(3, "ink"), (2, "wing"), (1, "soft")], 8), "3 + 2 + 1"],
            ["Chiapas", Stacked([(5, "ink"), (1, "wing"), (2, "soft")], 8), "5 + 1 + 2"],
        ],
        "legend": [("Funded", "ink"), ("Reserve", "wing"), ("Declined", "soft")],
        "spreads": [
            ["GBA Plus", Spread([3, 4], 3), "3.5"],
            ["Sustainability", Spread([1, 5, 4], 3), "3.3"],
            ["All criteria", Doubt(2, 3, 4, 3, cut=4, is_close=True), "2–4"],
        ],
        "map": {"20": 7, "07": 4, "09": 2, "31": 1},
    }


def _course() -> dict[str, object]:
    """Invented figures: 40 to 45 % below a base year, and what was measured since."""
    pledge = Pledge(2005, 2030, Fraction(40), Fraction(45), is_share=True)
    values = {2005: 100, 2010: 97, 2015: 88, 2020: 74, 2023: 76}
    points = tuple(Point(date(year, 12, 31), Fraction(value)) for year, value in values.items())
    course = trajectories.course_of(pledge, points)
    return {
        "course": course,
        "course_points": points,
        "course_seen": trajectories.outlook(course, points),
    }
