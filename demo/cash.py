"""What the treasurer does: the drawer, cheques on a slip, one of which came back unpaid, a plan for what is owed, a bank's statement."""

from billing.actions.bank import keep_statement
from billing.actions.cheques import make_slip, return_cheque
from billing.actions.drawer import close_drawer, note_banked, open_drawer, take_to_bank
from billing.actions.pauses import pause
from billing.actions.plans import agree_plan
from billing.actions.reminders import hold_reminders
from billing.ledger import CASH
from billing.queries.cheques import list_waiting
from billing.queries.figures import balance_of, list_most_owed
from demo.stage import Stage
from demo.timeline import Story
from mobility.rights import Role


def books(stage: Stage) -> tuple[Story, ...]:
    """Each goes on by itself."""
    return _drawer(stage), _cheques(stage), _plan(stage), _statement(stage)


def _drawer(stage: Stage) -> Story:
    """Closed once with fifty cents too little, open since yesterday: only what the books say is ever in it, but for those."""
    by = stage.staff[Role.TREASURER]
    yield stage.at(-15, 8, 45)
    open_drawer(counted_cents=balance_of(CASH), reason=None, by=by, now=stage.now)
    yield stage.at(-8, 17, 30)
    if balance_of(CASH) > 50:
        close_drawer(counted_cents=balance_of(CASH) - 50, reason="rendu de monnaie inexact au guichet", by=by, now=stage.now)
        yield stage.at(-7, 10, 0)
        first = take_to_bank(cents=balance_of(CASH) // 2, by=by, now=stage.now)
        yield stage.at(-5, 9, 15)
        note_banked(first.number, banked_on=stage.day(-6), by=by, now=stage.now)
        yield stage.at(-1, 8, 40)
        open_drawer(counted_cents=balance_of(CASH), reason=None, by=by, now=stage.now)
        yield stage.at(-1, 16, 0)
        take_to_bank(cents=balance_of(CASH) // 2, by=by, now=stage.now)


def _cheques(stage: Stage) -> Story:
    """Those of the first weeks go to the bank together; the last of them comes back."""
    by = stage.staff[Role.TREASURER]
    yield stage.at(-9, 11, 0)
    if waiting := [each.entry_number for each in list_waiting()]:
        slip = make_slip(cheques=waiting, by=by, now=stage.now)
        yield stage.at(-6, 9, 20)
        note_banked(slip.number, banked_on=stage.day(-7), by=by, now=stage.now)
        yield stage.at(-2, 9, 5)
        return_cheque(slip.number, cheque=waiting[-1], reason="sans provision", by=by, now=stage.now)


def _plan(stage: Stage) -> Story:
    """Whoever owes most pays it in three months; who owes most after them is left in peace until a help they asked for is answered.

    The third hears of it from their adviser alone.
    """
    yield stage.at(-1, 11, 30)
    for place, line in enumerate(list_most_owed(3, stage.day(0))[0]):
        if place == 2:
            hold_reminders(line.account.id, reason="seen", by=stage.adviser, now=stage.now)
            continue
        if place:
            pause(line.account.id, reason="aid_awaited", until_on=stage.day(30), by=stage.adviser, now=stage.now)
            continue
        first_on, owed = stage.day(12), line.balance_cents
        agree_plan(line.account.id, cents=owed, months=3, first_on=first_on, agreed=True, by=stage.adviser, now=stage.now)


def _statement(stage: Stage) -> Story:
    """Yesterday's statement: a subsidy, which pays nothing here and waits to be set aside."""
    yield stage.at(-1, 9, 5)
    told = f"Date;Libellé;Crédit\n{stage.day(-2):%d/%m/%Y};VIR CONSEIL DEPARTEMENTAL SUBVENTION MOBILITE;1500,00\n"
    keep_statement("releve.csv", told.encode(), by=stage.staff[Role.TREASURER], now=stage.now)
