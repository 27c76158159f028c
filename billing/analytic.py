"""Analytic codes: for what action a line of income or cost was, and who funds what a payer owes (domain.md §9, accounting). Pure.

They stand beside the account in the accountant's entries, never in the file that the law calls an FEC: its 18 fields have none.
"""

from billing.ledger import CHART, HIRED, OF_PAYERS, SHARES_BORNE, SUBSIDIES
from billing.shares import PAYER_KINDS
from billing.terms import PROGRAMME_LABELS

OF_RENTALS = ("706", HIRED, SHARES_BORNE)
OF_FUNDERS = (OF_PAYERS, SUBSIDIES)
OF_ACCOUNT = {"756": "membership", "7588": "damage", "6571": "fuel", "658": "drawer", "758": "drawer"}
OF_ACCOUNT |= {"627": "fees"}
OF_ACCOUNT |= dict.fromkeys(("654", "6588", "7585"), "losses")
ACTIONS = PROGRAMME_LABELS | {
    "membership": "Cotisations",
    "damage": "Réparations refacturées",
    "fuel": "Aides au carburant",
    "drawer": "Écarts de caisse",
    "fees": "Frais bancaires et de carte",
    "losses": "Pertes et recouvrements",
}
DEFAULTS = {
    **{f"action.{key}": f"{code} {ACTIONS[key]}" for key, code in (
        ("daily", "LOC"), ("amie", "AMIE"), ("trial", "ESSAI"), ("interview", "ENTRETIEN"),
        ("membership", "COTIS"), ("damage", "DEGATS"), ("fuel", "CARBURANT"), ("drawer", "CAISSE"), ("fees", "FRAIS"),
        ("losses", "PERTES"),
    )},
    **{f"funder.{key}": f"{code} {PAYER_KINDS[key]}" for key, code in (
        ("county", "F-DEP"), ("region", "F-REG"), ("state", "F-ETAT"), ("mission_locale", "F-ML"),
        ("temp_work_fund", "F-TT"), ("employer", "F-EMPL"), ("other", "F-AUTRE"),
    )},
}  # fmt: skip


def analytic_key(code: str) -> str:
    """The setting that holds the platform's code and words for an action or a funder."""
    return f"billing.analytic.{code}"


def is_coded(account: str) -> bool:
    """Whether lines of this account carry a code: income, cost, and what payers owe."""
    return account[0] in "67" or account in OF_FUNDERS


def code_of(account: str, *, programme: str | None, funder: str | None) -> str | None:
    """What a line is coded under: its rental's programme, what its account is for, or the kind of its payer; nothing for the others.

    Raises KeyError for income or a cost that nobody gave an action: a fault of the program.
    """
    if not is_coded(account):
        return None
    if account in OF_FUNDERS:
        return f"funder.{funder or 'other'}"
    return f"action.{programme or 'daily'}" if account in OF_RENTALS else f"action.{OF_ACCOUNT[account]}"


CODED = tuple(account for account in CHART if is_coded(account))
