"""The paper behind a deposit: who stands behind it, its day, and until when it holds (domain.md §9)."""

from datetime import date, timedelta

from mobility.errors import RuleBroken
from mobility.periods import months_after

CHEQUE_MONTHS, CHEQUE_DAYS = 12, 8  # eight days to present a cheque, then a year (Code monétaire et financier, art. L131-32 and L131-59)
EXPIRES_SOON = timedelta(days=30)  # time enough to ask for another paper, or another card
WRITTEN = ("uncashed_cheque", "guarantee_fund")  # a paper says who stands behind it: the bank, the structure


def check_paper(kind: str, issuer: str | None, dated_on: date | None, today: date) -> None:
    """Raises RuleBroken for a bank or a structure, or a day, where there is no cheque and no letter, and for a day to come."""
    for field, said in (("issuer", issuer), ("dated_on", dated_on)):
        if said is not None and kind not in WRITTEN:
            raise RuleBroken("Seul un chèque ou une lettre de garantie a un émetteur et une date.", field=field)
    if dated_on is not None and dated_on > today:
        raise RuleBroken("Cette date est à venir.", field="dated_on")


def check_valid_until(kind: str, valid_until: date | None, today: date) -> None:
    """Raises RuleBroken for a day until which anything but a letter of guarantee is valid, and for one that is over."""
    if valid_until is not None and kind != "guarantee_fund":
        raise RuleBroken("Seule une lettre de garantie a une date de fin : un chèque se compte depuis sa date.", field="valid_until")
    if valid_until is not None and valid_until < today:
        raise RuleBroken("Cette lettre n’est plus valable : demandez-en une nouvelle.", field="valid_until")


def paper_expires_on(kind: str, dated_on: date | None, valid_until: date | None) -> date | None:
    """The last day on which a cheque can be cashed or a letter called; None when its paper does not say (domain.md §9)."""
    if kind == "uncashed_cheque" and dated_on is not None:
        return months_after(dated_on, CHEQUE_MONTHS) + timedelta(days=CHEQUE_DAYS)
    return valid_until if kind == "guarantee_fund" else None
