"""Reminding somebody of an appointment: how, when, in which words; once each, by day, and never of one just planned. Pure."""

from datetime import datetime, time, timedelta

from mobility.channels import CALL, MAIL, SMS, channel_for
from mobility.codes import MEETING_KINDS, THROUGH_THEM
from mobility.dated import DatedSetting
from mobility.periods import instant_of, paris_day, paris_time, say_moment
from mobility.phones import is_mobile
from mobility.tongues import say

DAYS_BEFORE = DatedSetting(
    key="meetings.reminder_days",
    label="Rappel d’un rendez-vous : combien de jours avant",
    default=1,
    source="Choix de la plateforme",
    kind="int",
    most=7,
    help="Par SMS ou par courriel, entre 9 h et 20 h, jamais un dimanche. 0 : aucun rappel.",
)
LETTER_DAYS = DatedSetting(
    key="meetings.letter_days",
    label="Rappel d’un rendez-vous par lettre : combien de jours avant",
    default=5,
    source="Choix de la plateforme",
    kind="int",
    most=21,
    help="Pour qui n’a ni téléphone ni courriel : le bureau demande de l’imprimer. 0 : jamais.",
)
LETTER = "letter"
BY_SOMEBODY = (CALL, LETTER)
CHANNEL_LABELS = {SMS: "par SMS", MAIL: "par courriel", CALL: "de vive voix", LETTER: "par lettre"}
LEAVES_AT, NOT_BEFORE, NOT_AFTER = time(10), time(9), time(20)  # in Paris
TOO_LATE = timedelta(hours=1)  # before the appointment: whoever is not on the way by then has forgotten it
AHEAD = timedelta(days=LETTER_DAYS.most + 2)  # no reminder leaves earlier
_SUNDAY = 6


def meeting_channel(contact_by: str, *, phone: str | None, email: str | None) -> str:
    """How an appointment is recalled: as the person prefers; a call they like is a text to their mobile; a letter to who has neither."""
    if contact_by == THROUGH_THEM:
        return CALL
    if (channel := channel_for(contact_by, phone=phone, email=email)) != CALL:
        return channel
    if phone:
        return SMS if is_mobile(phone) else CALL
    return MAIL if email else LETTER


def leaves_at(starts_at: datetime, channel: str, *, days_before: int, letter_days: int) -> datetime | None:
    """When its reminder leaves, on a Saturday for a Sunday; None when the platform sends none this way."""
    days = letter_days if channel == LETTER else days_before
    if not days:
        return None
    day = paris_day(starts_at) - timedelta(days=days)
    return instant_of(day - timedelta(days=1) if day.weekday() == _SUNDAY else day, LEAVES_AT)


def is_due(leaves: datetime, *, starts_at: datetime, planned_at: datetime | None, channel: str, now: datetime) -> bool:
    """Whether a reminder leaves now. One planned after its reminder's hour needs none: the person has just heard of it."""
    if not leaves <= now <= starts_at - TOO_LATE or (planned_at is not None and planned_at >= leaves):
        return False
    return channel in BY_SOMEBODY or NOT_BEFORE <= paris_time(now) < NOT_AFTER


def say_reminder(kind: str, starts_at: datetime, place: str) -> str:
    """The reminder in words."""
    return say(
        "Rappel : nous vous attendons %(at)s (%(kind)s) : %(place)s. "
        "Si vous ne pouvez pas venir, dites-le-nous : nous trouverons un autre moment.",
        at=say_moment(starts_at),
        kind=MEETING_KINDS[kind],
        place=place,
    )


def say_cancelled(starts_at: datetime) -> str:
    """What is said to somebody who was reminded of an appointment that will not take place."""
    return say("Votre rendez-vous %(at)s est annulé. Nous vous en proposons bientôt un autre.", at=say_moment(starts_at))
