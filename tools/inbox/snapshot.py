"""Copy the pack's labels, hints and options into `pack.json`, so that rebuilt forms keep their words."""

import json
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
PACK = HERE.parents[1] / "src" / "monarca" / "packs" / "cfli-mexico"
KEPT = ("key", "kind", "label", "hint", "options", "list", "fields", "words")


def question(raw: dict) -> dict:
    kept = {name: raw[name] for name in KEPT if name in raw}
    if "fields" in kept:
        kept["fields"] = [question(field) for field in kept["fields"]]
    return kept


def priorities(rows: list[dict], depth: int = 0) -> list[dict]:
    found = []
    for row in rows:
        found.append({"code": row["code"], "label": row["label"], "depth": depth})
        found += priorities(row.get("children", []), depth + 1)
        found += [
            {"code": f["code"], "label": f["label"], "depth": 9} for f in row.get("focus", [])
        ]
    return found


def main() -> None:
    sections = [
        tomllib.loads(path.read_text("utf-8")) for path in sorted((PACK / "form").glob("*.toml"))
    ]
    kept = [
        {"key": s["key"], "title": s["title"], "questions": [question(q) for q in s["questions"]]}
        for s in sections
    ]
    tree = priorities(tomllib.loads((PACK / "priorities.toml").read_text("utf-8"))["priorities"])
    gba = tomllib.loads((PACK / "gba.toml").read_text("utf-8"))
    lists = {
        "priorities": [row for row in tree if row["depth"] == 0],
        "focus": [row for row in tree if row["depth"] == 9],
        "factors": [{"code": f["code"], "label": f["label"]} for f in gba["factors"]],
    }
    document = {"sections": kept, "lists": lists}
    text = json.dumps(document, ensure_ascii=False, indent=1)
    (HERE / "pack.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
