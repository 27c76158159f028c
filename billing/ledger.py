"""Double entry: a chart of accounts, lines, and entries that balance or do not exist (domain.md §9, accounting).

Ours is a sub-ledger: account codes follow the French chart so that the accountant imports them as they are. A party is a
pseudonymous account number, never a name.
"""

from dataclasses import dataclass
from datetime import date

CHART = {
    "165": "Dépôts et cautionnements reçus",
    "401": "Stations-service à payer",
    "4011": "Loueurs à payer",
    "411": "Bénéficiaires",
    "4112": "Tiers payeurs",
    "4161": "Paiements par carte contestés",
    "441": "Financeurs : parts de location à recevoir",
    "467": "Fonds de garantie",
    "471": "Comptes d’attente : soldes repris",
    "4718": "Comptes d’attente : cartes débitées ailleurs qu’ici",
    "5112": "Chèques à encaisser",
    "5115": "Cartes bancaires à encaisser",
    "512": "Banque",
    "530": "Caisse",
    "580": "Virements internes : espèces portées à la banque",
    "581": "Virements internes : versements du prestataire de cartes",
    "613": "Locations : factures des loueurs",
    "627": "Frais bancaires et de carte",
    "6571": "Aides accordées : carburant",
    "654": "Pertes sur créances irrécouvrables",
    "658": "Écarts de caisse : ce qui manque",
    "6588": "Garanties appelées par les loueurs",
    "706": "Locations",
    "740": "Subventions : parts de location prises en charge",
    "756": "Cotisations",
    "758": "Écarts de caisse : ce qui est de trop",
    "7585": "Rentrées sur créances passées en perte",
    "7588": "Réparations refacturées",
    "8011": "Engagements donnés : garanties aux loueurs",
    "8021": "Engagements reçus : fonds de garantie",
    "8022": "Engagements reçus : cartes enregistrées",
    "8023": "Engagements reçus : empreintes de carte",
    "8028": "Engagements reçus : chèques non encaissés",
    "8091": "Contrepartie des engagements donnés",
    "8092": "Contrepartie des engagements reçus",
}
CASH, CHEQUES = "530", "5112"
ON_BALANCE = tuple(code for code in CHART if not code.startswith("8"))  # commitments are nobody's books but ours
JOURNALS = {
    "VE": "Ventes",
    "HA": "Achats",
    "AN": "À nouveaux",
    "CA": "Caisse",
    "BQ": "Banque",
    "CB": "Cartes bancaires",
    "OD": "Opérations diverses",
    "HB": "Hors bilan",
}
OF_CHARGES = ("VE", "AN")  # what a person owes comes from a sale, or from the books before these
OF_PAYERS = "4112"
LOST, REGAINED = OF_LOSSES = ("654", "7585")  # against 411 and nothing else: a debt written off, and one that came all the same
AT_GATEWAY, TO_BANK, CONTESTED, ELSEWHERE, CARD_FEES = "5115", "581", "4161", "4718", "627"
HIRERS, HIRED, GUARANTEE_CALLED = "4011", "613", "6588"
SUBSIDIES, SHARES_BORNE = "441", "740"  # what funders bear of the hirers' invoices
GIVEN, GIVEN_BESIDE = "8011", "8091"  # the guarantees that the association gave
# Accounts kept person by person, payer by payer, hirer by hirer.
OF_A_PARTY = frozenset({"165", "411", OF_PAYERS, CONTESTED, HIRERS, SUBSIDIES, GIVEN, "8021", "8022", "8023", "8028"})


def account_key(code: str) -> str:
    """The setting that holds how the accountant names an account."""
    return f"billing.account.{code}"


class Unbalanced(ValueError):
    """An entry or a line that no ledger may hold: a fault of the program, never of the user."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """Cents on one side of one account. Raises Unbalanced unless exactly one side is positive, and the party is there where it must be."""

    account: str
    debit_cents: int = 0
    credit_cents: int = 0
    party: str | None = None

    def __post_init__(self) -> None:
        if self.account not in CHART:
            raise Unbalanced(f"no account {self.account!r} in the chart")
        if min(self.debit_cents, self.credit_cents) != 0 or max(self.debit_cents, self.credit_cents) <= 0:
            raise Unbalanced("a line has one side, above zero")
        if (self.account in OF_A_PARTY) != (self.party is not None):
            raise Unbalanced(f"account {self.account} and party {self.party!r} do not go together")

    @property
    def is_off_balance(self) -> bool:
        """Whether the line is a commitment (class 8), outside the balance sheet."""
        return self.account.startswith("8")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One dated movement in a journal; `reverses` is the number of the entry it undoes.

    Raises Unbalanced unless debits equal credits, on the balance sheet and off it, each by itself.
    """

    journal: str
    on: date
    label: str
    lines: tuple[Line, ...]
    reverses: int | None = None

    def __post_init__(self) -> None:
        if self.journal not in JOURNALS:
            raise Unbalanced(f"no journal {self.journal!r}")
        if not self.lines:
            raise Unbalanced("an entry has lines")
        for off_balance in (False, True):
            if sum(line.debit_cents - line.credit_cents for line in self.lines if line.is_off_balance is off_balance):
                raise Unbalanced("debits and credits differ")


def transfer(debit: str, credit: str, cents: int, party: str) -> tuple[Line, Line]:
    """The two lines that move cents from one account to another, with the party where the account is kept by person."""
    return (
        Line(account=debit, debit_cents=cents, party=party if debit in OF_A_PARTY else None),
        Line(account=credit, credit_cents=cents, party=party if credit in OF_A_PARTY else None),
    )


def reversal(number: int, entry: Entry, on: date) -> Entry:
    """The entry that undoes another: a ledger is never corrected in place."""
    lines = tuple(
        Line(account=line.account, debit_cents=line.credit_cents, credit_cents=line.debit_cents, party=line.party) for line in entry.lines
    )
    return Entry(journal=entry.journal, on=on, label=f"Annulation de l’écriture {number} : {entry.label}", lines=lines, reverses=number)
