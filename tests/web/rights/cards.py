"""Rights over cards on file and holds (see __init__.py)."""

from tests.web.rights.roles import ADVISER, BENEFICIARY, MANAGER, TREASURER

ROWS = {
    # saved_cards
    "saved_cards.ask": {ADVISER, MANAGER, TREASURER},
    "saved_cards.charge": {MANAGER, TREASURER},
    "saved_cards.confirm_link": {ADVISER, MANAGER, TREASURER},
    "saved_cards.drop": {MANAGER, TREASURER},
    # card_holds
    "card_holds.ask": {ADVISER, MANAGER, TREASURER},
    "card_holds.capture": {MANAGER, TREASURER},
    "card_holds.lift": {ADVISER, MANAGER, TREASURER},
    # card_holds_api
    "card_holds_api.ask": {ADVISER, MANAGER, TREASURER},
    "card_holds_api.capture": {MANAGER, TREASURER},
    "card_holds_api.lift": {ADVISER, MANAGER, TREASURER},
    # saved_cards_api
    "saved_cards_api.ask": {ADVISER, MANAGER, TREASURER},
    "saved_cards_api.charge": {MANAGER, TREASURER},
    "saved_cards_api.confirm_link": {ADVISER, MANAGER, TREASURER},
    "saved_cards_api.drop": {MANAGER, TREASURER},
    # auto_payments
    "auto_payments.agree": {ADVISER, BENEFICIARY, MANAGER, TREASURER},
    "auto_payments.index": {ADVISER, MANAGER, TREASURER},
    "auto_payments.of_person": {ADVISER, MANAGER, TREASURER},
    "auto_payments.own": {BENEFICIARY},
    "auto_payments.seen": {ADVISER, MANAGER, TREASURER},
    "auto_payments.withdraw": {ADVISER, BENEFICIARY, MANAGER, TREASURER},
    # auto_payments_api
    "auto_payments_api.agree": {ADVISER, BENEFICIARY, MANAGER, TREASURER},
    "auto_payments_api.index": {ADVISER, MANAGER, TREASURER},
    "auto_payments_api.of_person": {ADVISER, BENEFICIARY, MANAGER, TREASURER},
    "auto_payments_api.seen": {ADVISER, MANAGER, TREASURER},
    "auto_payments_api.withdraw": {ADVISER, BENEFICIARY, MANAGER, TREASURER},
}
