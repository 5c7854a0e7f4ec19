"""What a browser would send: the answers of a section as the fields of its page."""

from tests import world


def fields_of(question, value, name):
    """An answer as posted fields, the way a person types it."""
    if value is None:
        return {}
    match question["kind"]:
        case "date":
            year, month, day = value.split("-")
            return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year}
        case "yes_no":
            return {name: "yes" if value else "no"}
        case "declaration":
            return {name: "yes"}
        case "money" | "local_money":
            return {name: f"{value['cents'] / 100:,.2f}"}
        case "place":
            return {f"{name}-{part}": text for part, text in value.items()}
        case "people":
            return {
                f"{name}-{side}-{group}": str(count)
                for side, groups in value.items()
                for group, count in groups.items()
            }
        case "repeat":
            return rows_of(question, value, name)
        case _:
            return {name: value if isinstance(value, list) else str(value)}


def rows_of(question, rows, name):
    sent = {f"{name}-ids": [row["id"] for row in rows]}
    for row in rows:
        for field in question["fields"]:
            sent |= fields_of(field, row.get(field["key"]), f"{name}-{row['id']}-{field['key']}")
    return sent


def section(key):
    return next(each for each in world.definition()["sections"] if each["key"] == key)


def page_of(key, **changes):
    """Everything a complete section would post; `changes` replace fields by name."""
    answers = world.answers()
    sent = {}
    for question in section(key)["questions"]:
        if question["kind"] != "file":
            sent |= fields_of(question, answers.get(question["key"]), question["key"])
    return {**sent, **changes}


def budget_page(**changes):
    """Two lines of a budget in pesos that add up to what the sections ask."""
    lines = [
        ("training", "Talleres", "10", "50,669.00"),
        ("overhead", "Administración", "1", "56,290.00"),
    ]
    sent = {"line-ids": ["r1", "r2"]}
    for place, (category, what, quantity, unit) in enumerate(lines, 1):
        sent |= {
            f"line-r{place}-category": category,
            f"line-r{place}-description": what,
            f"line-r{place}-activity": "Agua limpia para Yalálag",
            f"line-r{place}-quantity": quantity,
            f"line-r{place}-unit": unit,
        }
    return {**sent, **changes}
