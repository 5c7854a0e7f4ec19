"""Rules on who applies: kind, partners, registration, bank account, standing."""

from monarca.engines.eligibility.case import Case, Verdict, met, not_answered, says

CODES = (
    "rule.kind_accepted",
    "rule.kind_refused",
    "rule.organisation_local",
    "rule.partners_enough",
    "rule.partners_missing",
    "rule.registered",
    "rule.registered_at_risk",
    "rule.registration_unproven",
    "rule.not_registered",
    "rule.bank_account_own",
    "rule.bank_account_missing",
    "rule.standing_clear",
    "rule.standing_overdue",
    "rule.standing_debt",
    "rule.sanctions_unchecked",
    "rule.sanctions_clear",
    "rule.sanctions_hit",
)

PROOFS = frozenset({"registration_proof", "registration_file"})


def organisation_kind_in(case: Case) -> Verdict:
    """E05."""
    kind = case.text("organisation_kind")
    if not kind:
        return not_answered("organisation_kind")
    return met(kind in case.params["kinds"], "kind_accepted", "kind_refused", kind=kind)


def local_or_with_partner(case: Case) -> Verdict:
    """E06. Partners count when they have a name."""
    kind = case.text("organisation_kind")
    if not kind:
        return not_answered("organisation_kind")
    if kind not in case.params["foreign_kinds"]:
        return says("pass", "organisation_local", kind=kind)
    needed = case.param("partners", 1)
    named = [row for row in case.rows("partners") if str(row.get("name") or "").strip()]
    values = {"count": len(named), "needed": needed}
    return met(len(named) >= needed, "partners_enough", "partners_missing", **values)


def registered_or_at_risk(case: Case) -> Verdict:
    """E07. "No, it would put us at risk" passes: the file is restricted, never refused for it."""
    match case.text("registered"):
        case "yes":
            proven = bool(PROOFS & case.facts.attached) or _has_file(case)
            return met(proven, "registered", "registration_unproven")
        case "at_risk":
            return says("pass", "registered_at_risk")
        case "no":
            return says("fail", "not_registered")
        case _:
            return not_answered("registered")


def _has_file(case: Case) -> bool:
    return any(case.answer(key) for key in PROOFS)


def bank_account(case: Case) -> Verdict:
    """E08."""
    answer = case.answer("bank_account")
    if not isinstance(answer, bool):
        return not_answered("bank_account")
    return met(answer, "bank_account_own", "bank_account_missing")


def no_overdue_report(case: Case) -> Verdict:
    """E22. A debt is named before a late report."""
    if case.facts.debt_cents > 0:
        return says("fail", "standing_debt", debt_cents=case.facts.debt_cents)
    overdue = case.facts.overdue_reports
    return met(overdue == 0, "standing_clear", "standing_overdue", count=overdue)


def not_on_a_sanctions_list(case: Case) -> Verdict:
    """E25. Only a person may say it; until then it is unknown."""
    clear = case.facts.sanctions_clear
    if clear is None:
        return says("unknown", "sanctions_unchecked")
    return met(clear, "sanctions_clear", "sanctions_hit")


CHECKERS = {
    "organisation_kind_in": organisation_kind_in,
    "local_or_with_partner": local_or_with_partner,
    "registered_or_at_risk": registered_or_at_risk,
    "bank_account": bank_account,
    "no_overdue_report": no_overdue_report,
    "not_on_a_sanctions_list": not_on_a_sanctions_list,
}
