"""Every list there is: its page, somebody who reads it, its description."""

from billing.lists import ACCOUNTS, ARREARS, CHARGE_RUNS, CLOSINGS, DEPOSITS, LEDGER, PAYMENTS, PEOPLES_LEDGER
from billing.views.bank_list import BANK_LINES
from billing.views.cash_lists import BANKINGS, DRAWERS
from billing.views.gateway_lists import DISPUTES, PAYOUTS
from billing.views.hire_lists import HIRE_BILLS, HIRES
from billing.views.invoice_list import INVOICES
from billing.views.loss_list import LOSSES
from billing.views.reminder_list import REMINDERS
from fleet.lists import BOOKINGS, BOOKINGS_BY_NUMBER, UPKEEP, VEHICLES, WORK_ORDERS
from fleet.views.cost_list import COSTS
from fleet.views.defects import DEFECTS
from fleet.views.past_rental_list import PAST_RENTALS
from fleet.views.waiting_list import WAITING_LIST
from mobility.listing import Listing
from mobility.lists import FORMS, OWN_FORMS, PEOPLE, STRUCTURES
from mobility.office_lists import DOUBTS, MEMBERS, MESSAGES
from mobility.rights import Role
from mobility.views.erasure_list import ERASURES
from mobility.views.retention_list import NOTICES
from mobility.views.workshop_list import WORKSHOPS

LISTS: list[tuple[str, Role, Listing]] = [
    ("people", Role.ADVISER, PEOPLE),
    ("liaison-forms", Role.ADVISER, FORMS),
    ("liaison-forms", Role.PRESCRIBER, OWN_FORMS),
    ("structures", Role.ADVISER, STRUCTURES),
    ("workshops", Role.ADVISER, WORKSHOPS),
    ("vehicles", Role.MECHANIC, VEHICLES),
    ("bookings", Role.ADVISER, BOOKINGS),
    ("bookings", Role.MECHANIC, BOOKINGS_BY_NUMBER),
    ("work-orders", Role.MECHANIC, WORK_ORDERS),
    ("upkeep", Role.MECHANIC, UPKEEP),
    ("waiting", Role.ADVISER, WAITING_LIST),
    ("vehicle-costs", Role.TREASURER, COSTS),
    ("defects", Role.MECHANIC, DEFECTS),
    ("past-rentals", Role.TREASURER, PAST_RENTALS),
    ("deposits", Role.ADVISER, DEPOSITS),
    ("money/accounts", Role.ADVISER, ACCOUNTS),
    ("payments", Role.ADVISER, PAYMENTS),
    ("money/ledger/411", Role.TREASURER, PEOPLES_LEDGER),
    ("money/ledger/5112", Role.TREASURER, LEDGER),
    ("money/arrears", Role.TREASURER, ARREARS),
    ("money/charge-runs", Role.TREASURER, CHARGE_RUNS),
    ("money/closings", Role.TREASURER, CLOSINGS),
    ("money/drawer", Role.TREASURER, DRAWERS),
    ("money/bankings", Role.TREASURER, BANKINGS),
    ("money/payouts", Role.TREASURER, PAYOUTS),
    ("money/disputes", Role.TREASURER, DISPUTES),
    ("money/losses", Role.TREASURER, LOSSES),
    ("money/hires", Role.ADVISER, HIRES),
    ("money/hires/invoices", Role.TREASURER, HIRE_BILLS),
    ("money/reminders", Role.ADVISER, REMINDERS),
    ("money/bank/lines", Role.TREASURER, BANK_LINES),
    ("money/invoices", Role.TREASURER, INVOICES),
    ("retention", Role.ADVISER, NOTICES),
    ("erasures", Role.TREASURER, ERASURES),
    ("accounts", Role.MANAGER, MEMBERS),
    ("outbox", Role.MANAGER, MESSAGES),
    ("imports/1", Role.MANAGER, DOUBTS),
]
