"""Which link opens which pages."""

from mobility.actions.links import Purpose

# Which purpose opens which pages: an address with a token that is in none of them has not been thought of.
OPENED_BY = {
    "accounts.link": Purpose.ENTER,
    "accounts.enter_by_link": Purpose.ENTER,
    "booklet.shared": Purpose.BOOKLET,
    "calendars.feed": Purpose.CALENDAR_OWN,
    "card.link": Purpose.PAY,
    "card.pay": Purpose.PAY,
    "card.receipt": Purpose.PAY,
    "card_holds.agree": Purpose.HOLD_CARD,
    "card_holds.link": Purpose.HOLD_CARD,
    "saved_cards.agree": Purpose.SAVE_CARD,
    "saved_cards.link": Purpose.SAVE_CARD,
    "garage_door.done": Purpose.GARAGE,
    "garage_door.index": Purpose.GARAGE,
    "garage_door.labour": Purpose.GARAGE,
    "garage_door.part": Purpose.GARAGE,
    "garage_door.propose": Purpose.GARAGE,
    "garage_door.show": Purpose.GARAGE,
    "workshop_doors.answer": Purpose.WORKSHOP,
    "workshop_doors.link": Purpose.WORKSHOP,
}
