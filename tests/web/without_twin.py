"""Acts of a page that no act of the API runs, each with why."""

_DOOR = "a browser's session: the API's tokens have neither door nor password"
_ACCOUNTS = "who may come in is settled by the manager in person, behind the second factor: a token never widens a right"
_BY_LINK = "the person's own phone, by a mailed link that is its own proof; the API gives the checkout's address instead"
_GARAGE = "the garage's own browser, by a mailed link that is its own proof; the staff writes the same by the API of work orders"
_KEYS = "the card gateway's keys: typed behind the second factor, no token ever carries them"
BY_HAND = {
    "accounts.enter": _DOOR,
    "accounts.enter_by_link": _DOOR,
    "accounts.logout": _DOOR,
    "tongue.choose": "a page is read in a tongue; JSON is French",
    "accounts.send_link": _DOOR,
    "own_account.change_password": _DOOR,
    "own_account.pass_second_factor": _DOOR,
    **dict.fromkeys(("card.pay", "card_holds.agree", "saved_cards.agree"), _BY_LINK),
    "workshop_doors.answer": "the person's own phone, by the link of their invitation; signed in they answer by the API",
    "card.webhook": "spoken by the card gateway, no page",
    "garage_door.done": _GARAGE,
    "garage_door.labour": _GARAGE,
    "garage_door.part": _GARAGE,
    "garage_door.propose": _GARAGE,
    "network.create": "opens a platform: a page of the installation's administrator, and the command line",
    "point_etapes.again": "keeps what is typed and shows the page as it stands now; the API reads the payment itself",
    "reconciliation.set_keys": _KEYS,
    "reviews.preview": "shows the mail before it leaves and writes nothing; the API answers with what left",
    "tariffs.withdraw": "a right recorded by mistake is withdrawn by whoever holds the paper",
    **dict.fromkeys((f"team.{act}" for act in ("enable", "end_role", "forget_phone", "grant", "mail_link", "renew_code")), _ACCOUNTS),
}
