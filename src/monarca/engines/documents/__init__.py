"""Documents as people send them: read forms, budgets and mails; write agreements.

The problem: strangers fill in any version of a form, in three languages, with any program, and
send it with a budget, perhaps inside a forwarded mail. What they answered is to be put where the
form of a call asks it, each answer with its words, its confidence and its place; nothing that was
deleted, hidden or only instructs may be read, and nothing is guessed.

The method: every format becomes one tree of paragraphs and merged tables (`tree`). Questions are
known by their wordings, then by ideas that several words of three languages share (`lexicon`,
`concepts`), and are paired with their answers by geometry (`pairing`, `grid`, `sharing`); what
looks like a question of unknown wording ends the answer before it (`looks`). Labels that words
alone do not tell are settled by words, type of the answer and order together (`likeness`,
`fitting`, `aligning`, `settling`); the call's own form is compared where it is met (`blank`). A
budget's columns are named by words, then by their arithmetic: quantity x unit = total, shares add
up to the total (`budget_columns`). Every file passes the gates of `safety` first. Word,
OpenDocument and PDF are read by lxml and pypdf, workbooks by python-calamine. Linear in the words
of a document times the phrases that share a word with it. Layouts, figures and limits:
`docs/engines/documents.md`.
"""

CODES = (
    "budget.line_differs",
    "budget.no_table",
    "budget.number_unread",
    "budget.other_currency",
    "budget.total_differs",
    "file.bomb",
    "file.damaged",
    "file.doctype",
    "file.empty",
    "file.encrypted",
    "file.external_link",
    "file.image_too_large",
    "file.kind_not_allowed",
    "file.macros",
    "file.nested_archive",
    "file.no_text",
    "file.not_found",
    "file.not_understood",
    "file.old_format",
    "file.sheet_too_large",
    "file.too_deep",
    "file.too_large",
    "file.too_long",
    "file.too_many_parts",
    "file.wrong_extension",
    "file.xfa",
    "intake.too_many_files",
    "mail.no_attachment",
    "mail.too_many_parts",
    "mail.too_nested",
)
"""Every reason this engine writes."""
