"""What is wrong in a pack, and where: file, key path, line, reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from monarca.engines.reasons import Reason, Value

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]

SENTENCES: Mapping[str, str] = {
    "pack_directory_missing": "There is no such folder.",
    "pack_directory_empty": "The folder holds no pack: not one of its files is here.",
    "pack_directory_too_full": "More than {limit} files lie here; a pack needs far fewer.",
    "pack_file_missing": "This file is missing.",
    "pack_file_unknown": "A pack has no file of this name; it is not read.",
    "pack_file_not_a_file": "This should be an ordinary file.",
    "pack_file_unreadable": "This file could not be opened.",
    "pack_file_too_large": "The file has {bytes} bytes; at most {limit} are read.",
    "pack_file_not_utf8": "The file is not saved as UTF-8 text.",
    "pack_file_empty": "The file is empty.",
    "pack_toml_syntax": "This is not valid TOML: {detail}.",
    "pack_line_too_dotted": "This line holds more than {limit} dots.",
    "pack_heading_missing": "The first line must be a heading: # and then the text.",
    "pack_body_missing": "There is no text under the heading.",
    "pack_key_missing": "The key {name} is missing.",
    "pack_key_unknown": "The key {name} is not known here.",
    "pack_key_misspelt": "The key {name} is not known here; did you mean {near}?",
    "pack_language_missing": "The text in the language {language} is missing.",
    "pack_type_wrong": "Expected {expected}, found {found}.",
    "pack_form_wrong": "Expected {expected}.",
    "pack_text_too_long": "The text has {length} characters; at most {limit} are allowed.",
    "pack_text_has_control": "The text holds a control character.",
    "pack_value_unknown": "{value} is not known here; use one of: {allowed}.",
    "pack_number_out_of_range": "{value} lies outside {low} to {high}.",
    "pack_list_too_short": "{length} entries; at least {low} are needed.",
    "pack_list_too_long": "{length} entries; at most {high} are allowed.",
    "pack_duplicate": "{value} stands here twice.",
    "pack_placeholder_unknown": "The placeholder {name} is not known here; known: {allowed}.",
    "pack_braces_broken": "A brace { or } stands alone or holds more than one plain name.",
    "pack_zone_unknown": "{value} is not the name of a time zone, such as America/Mexico_City.",
    "pack_time_uncertain": "This hour is skipped or comes twice in {zone}; write it in UTC.",
    "pack_dates_order": "Closing must come after opening.",
    "pack_not_a_day": "{value} is not a month and a day of every year, such as 02-28.",
    "pack_sum_wrong": "These add up to {sum}; they must add up to {goal}.",
    "pack_order_wrong": "{smaller} must not be more than {larger}.",
    "pack_number_order": "Instalments are numbered 1, 2, 3 in order; found {value}.",
    "pack_final_not_last": "Only the last instalment is the final one.",
    "pack_when_nowhere": "The question {value} does not exist before this one.",
    "pack_when_not_a_choice": "The question {value} is not a choice or a yes/no.",
    "pack_when_option": "The question {question} has no answer {value}.",
    "pack_needs": "A question of kind {kind} needs {name}.",
    "pack_does_not_take": "A question of kind {kind} takes no {name}.",
    "pack_maps_to_missing": "No question fills {name}.",
    "pack_maps_to_kind": "{name} cannot be filled by a question of kind {kind}.",
    "pack_maps_to_repeat": "A question inside a repeat fills no column.",
    "pack_section_missing": "The section {name} is missing.",
    "pack_param_missing": "A rule of kind {kind} needs the parameter {name}.",
    "pack_param_unknown": "A rule of kind {kind} has no parameter {name}.",
    "pack_check_nowhere": "{value} is nothing in this pack.",
    "pack_overhead_category": "Exactly one category must be of kind overhead; found {number}.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a pack; `line` counts from 1, list places in the dotted `key` from 0."""

    file: str
    key: str
    line: int
    severity: Severity
    reason: Reason

    @property
    def text(self) -> str:
        """The reason in plain English, for the command line."""
        sentence = SENTENCES[self.reason.code]
        for name, value in self.reason.values.items():
            sentence = sentence.replace("{" + name + "}", str(value))
        return sentence


def brief(value: object) -> str:
    """A value of a pack as a reason may carry it: short, on one line."""
    text = " ".join(str(value).split())
    text = text.encode("utf-8", "replace").decode("utf-8")
    return text if len(text) <= 60 else text[:57] + "..."


def dotted(path: Path) -> str:
    """`("questions", 3, "label", "fr")` as `questions[3].label.fr`."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{brief(part)}" for part in path]
    return "".join(parts).removeprefix(".")


def found(
    code: str, file: str, *, key: str = "", line: int = 1, warning: bool = False, **values: Value
) -> Finding:
    return Finding(file, key, line, "warning" if warning else "error", Reason(code, values))
