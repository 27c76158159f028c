"""The list of reminders, those somebody has to say first."""

from functools import partial

from flask import url_for

from billing.models import BillingAccount, PaymentReminder
from billing.queries.reminders import ReminderLine, read_reminder, waiting
from billing.reminders import BY_SOMEBODY, CHANNEL_LABELS
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import BY_NAME, period_filters
from mobility.web.fields import Choice

STATES = {"to_say": "À dire ou à imprimer", "done": "Les autres"}


def _state(line: ReminderLine) -> Said:
    if line.reminder.channel not in BY_SOMEBODY:
        return Said("parti", "fine")
    if line.reminder.said_at is not None:
        return Said("fait", "fine")
    return Said("à faire", "waiting") if line.owed_cents > 0 else Said("payé depuis", "fine")


REMINDERS = Listing(
    name="rappels",
    title="Rappels de paiement",
    columns=[
        Column(
            "person",
            "Personne",
            lambda line: f"{line.person.first_name} {line.person.last_name}",
            BY_NAME,
            lambda line: url_for("reminders.show", reminder_id=line.reminder.id),
        ),
        Column("label", "Location", lambda line: line.account.label, [BillingAccount.label]),
        Column("sent", "Le", lambda line: line.on, [PaymentReminder.sent_at, PaymentReminder.id]),
        Column("channel", "Comment", lambda line: CHANNEL_LABELS[line.reminder.channel], [PaymentReminder.channel]),
        Column("cents", "Somme rappelée", lambda line: Euros(line.reminder.cents), [PaymentReminder.cents], number=True),
        Column("owed", "Dû maintenant", lambda line: Euros(max(line.owed_cents, 0)), number=True),
        Column("state", "État", _state),
    ],
    filters=[
        Filter("state", "Lesquels", partial(Choice, STATES), waiting, lambda: list(STATES.items()), every="Tous"),
        Filter(
            "channel",
            "Comment",
            partial(Choice, CHANNEL_LABELS),
            lambda query, channel: query.filter(PaymentReminder.channel == channel),
            lambda: list(CHANNEL_LABELS.items()),
            every="Tous",
        ),
        *period_filters(PaymentReminder.sent_at, "Parti depuis le"),
    ],
    sort="-sent",
    tie=PaymentReminder.id,
    read=read_reminder,
    person=lambda line: int(line.person.id),
)
