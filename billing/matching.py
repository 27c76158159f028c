"""What a transfer on the bank's statement may pay, each guess with its reason in words; only a reference is sure. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from billing.payments import reference_of
from mobility.money import euros
from mobility.names import fold

PAYMENT, ACCOUNT, INVOICE = "payment", "account", "invoice"
MOST = 4  # guesses shown of a line
_STARTS = re.compile(r"PE(?=(\d{6,9}))")
_INVOICE = re.compile(r"\b(?:factures?|fact|fac)\s+(?:no\s+|n\s+|nr\s+|numero\s+)?0*(\d{1,9})\b")


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A credit of a statement, by its own number."""

    line_id: int
    cents: int
    label: str
    payer: str
    on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Awaited:
    """A transfer announced: `reference` is what its person was told to write."""

    payment_id: int
    account_id: int
    reference: str
    cents: int
    first_name: str
    last_name: str


@dataclass(frozen=True, kw_only=True)
class Owing:
    """A rental's account that owes; `number` is its person's, which reminders have them write on a transfer."""

    account_id: int
    label: str
    cents: int
    first_name: str
    last_name: str
    number: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A payer's invoice with cents left to pay."""

    number: int
    payer: str
    left_cents: int


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A guess: a payment's or an account's id, or an invoice's number; `who` it is, and why, in words."""

    kind: str
    target: int
    who: str
    reason: str
    is_sure: bool = False

    @property
    def code(self) -> str:
        """What says it in a form: "payment-12"."""
        return f"{self.kind}-{self.target}"


def references_in(label: str) -> set[str]:
    """Our references that stand in a bank's label, however it cut or glued them; a slip in one of them is no reference."""
    squeezed = re.sub(r"[^0-9A-Z]", "", label.upper())
    found = set()
    for start in _STARTS.finditer(squeezed):
        for digits in range(6, len(start[1]) + 1):  # its two letters may be digits too: whichever length they answer for
            reference = reference_of(int(start[1][:digits]))
            if squeezed.startswith(reference.replace("-", ""), start.start()):
                found.add(reference)
    return found


def propose(
    seen: Sequence[Seen], awaited: Sequence[Awaited], owing: Sequence[Owing], claims: Sequence[Claim]
) -> dict[int, tuple[Proposal, ...]]:
    """The guesses of each line by its number, the sure one first: at most one a line, and one line a target."""
    found = {line.line_id: _of_line(line, awaited, owing, claims) for line in seen}
    wanted = Counter(guess.code for guesses in found.values() for guess in guesses if guess.is_sure)
    return {line_id: tuple(_doubted(guess, wanted[guess.code]) for guess in guesses) for line_id, guesses in found.items()}


def _doubted(guess: Proposal, lines: int) -> Proposal:
    if guess.is_sure and lines > 1:
        return replace(guess, is_sure=False, reason=f"{guess.reason} Mais {lines} virements le disent : choisissez lequel.")
    return guess


def _of_line(line: Seen, awaited: Sequence[Awaited], owing: Sequence[Owing], claims: Sequence[Claim]) -> list[Proposal]:
    by_reference = list(_by_reference(line, awaited))
    by_invoice = list(_by_invoice_number(line, claims))
    told = by_reference + by_invoice
    if sum(guess.is_sure for guess in told) > 1:
        told = [replace(guess, is_sure=False) for guess in told]
    if any(guess.is_sure for guess in told):
        return sorted(told, key=lambda guess: not guess.is_sure)[:MOST]
    taken = {guess.code for guess in told}
    hinted = [*_by_expected(line, awaited), *_by_number(line, owing), *_by_payer(line, claims), *_by_name(line, owing, awaited)]
    for guess in hinted:
        if guess.code not in taken:
            told.append(guess)
            taken.add(guess.code)
    return told[:MOST]


def _by_reference(line: Seen, awaited: Sequence[Awaited]) -> Iterator[Proposal]:
    written = references_in(line.label)
    for one in awaited:
        if one.reference not in written:
            continue
        reason = f"La référence {one.reference} est au libellé."
        if one.cents != line.cents:
            reason += f" Mais {euros(one.cents)} étaient attendus : ce virement les remplacerait."
        yield Proposal(kind=PAYMENT, target=one.payment_id, who=_name(one), reason=reason, is_sure=one.cents == line.cents)


def _by_invoice_number(line: Seen, claims: Sequence[Claim]) -> Iterator[Proposal]:
    written = set(map(int, _INVOICE.findall(fold(line.label))))
    for one in claims:
        if one.number in written and line.cents <= one.left_cents:
            reason = f"La facture n° {one.number} est au libellé."
            if line.cents < one.left_cents:
                reason += f" Il en resterait {euros(one.left_cents - line.cents)} à payer."
            yield Proposal(
                kind=INVOICE, target=one.number, who=one.payer, reason=reason, is_sure=line.cents == one.left_cents and len(written) == 1
            )


def _by_expected(line: Seen, awaited: Sequence[Awaited]) -> Iterator[Proposal]:
    for one in awaited:
        if one.cents == line.cents and _names(line, one):
            reason = f"Son nom, et les {euros(one.cents)} attendus, sans la référence {one.reference}."
            yield Proposal(kind=PAYMENT, target=one.payment_id, who=_name(one), reason=reason)


def _by_number(line: Seen, owing: Sequence[Owing]) -> Iterator[Proposal]:
    """Their number, with its dash or without: nobody announced a sum, so somebody looks."""
    said = f" {fold(line.label)} "
    for one in owing:
        number = fold(one.number)
        if f" {number} " in said or f" {number.replace(' ', '')} " in said:
            reason = f"Son numéro {one.number} est au libellé ; le compte « {one.label} » doit {euros(one.cents)}."
            yield Proposal(kind=ACCOUNT, target=one.account_id, who=_name(one), reason=reason)


def _by_payer(line: Seen, claims: Sequence[Claim]) -> Iterator[Proposal]:
    said = f" {fold(f'{line.payer} {line.label}')} "
    for one in claims:
        if one.left_cents == line.cents and (name := fold(one.payer)) and f" {name} " in said:
            reason = f"Son nom, et exactement ce qui reste de la facture n° {one.number}."
            yield Proposal(kind=INVOICE, target=one.number, who=one.payer, reason=reason)


def _by_name(line: Seen, owing: Sequence[Owing], awaited: Sequence[Awaited]) -> Iterator[Proposal]:
    """An account with an announced transfer is left to that one: else the announced would wait for ever."""
    announced = {one.account_id for one in awaited if one.cents == line.cents}
    open_ = [one for one in owing if one.account_id not in announced]
    for one in open_:
        if _names(line, one):
            exact = one.cents == line.cents
            reason = f"Son nom, et exactement ce que doit le compte « {one.label} »." if exact else ""
            yield Proposal(
                kind=ACCOUNT,
                target=one.account_id,
                who=_name(one),
                reason=reason or f"Son nom ; le compte « {one.label} » doit {euros(one.cents)}.",
            )
    alike = [one for one in open_ if one.cents == line.cents and not _names(line, one)]
    if len(alike) == 1:
        only = alike[0]
        reason = f"Seul compte qui doit exactement {euros(line.cents)}, sans le nom : à vérifier."
        yield Proposal(kind=ACCOUNT, target=only.account_id, who=_name(only), reason=reason)


def _names(line: Seen, one: Awaited | Owing) -> bool:
    """Whether every word of a person's first and last name stands in what the bank says."""
    words = fold(f"{one.first_name} {one.last_name}").split()
    return bool(words) and set(words) <= set(fold(f"{line.payer} {line.label}").split())


def _name(one: Awaited | Owing) -> str:
    return f"{one.first_name} {one.last_name}"
