"""Collective workshops of two hours or so (domain.md §2.3): what they are about, who holds a seat, who came. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from textwrap import shorten

from mobility.errors import Conflict, RuleBroken
from mobility.group_trips import TRIP, TRIP_WORDS, this_one
from mobility.periods import instant_of, paris_day, paris_time, say_moment
from mobility.tongues import joined, say

MINUTES, LEAST_MINUTES, MOST_MINUTES = 120, 15, 480  # two hours, unless somebody says otherwise
MOST_PLACES = 60
LEAVES_AT, NOT_BEFORE, NOT_AFTER = time(10), time(9), time(20)  # a reminder, in Paris
DOOR_OPENS, DOOR_CLOSES, LATE_AFTER = timedelta(minutes=30), timedelta(minutes=30), timedelta(minutes=15)  # of its code to scan
SAID_AT_MOST = 60  # signs of a title or a place in a message: its link has to fit behind
TOO_LATE = timedelta(hours=1)  # before it begins: a reminder helps nobody any more
AHEAD = timedelta(days=3)  # no reminder leaves earlier
_SUNDAY = 6

INVITED, ACCEPTED, QUEUED, DECLINED = "invited", "accepted", "queued", "declined"
HOLDING = (INVITED, ACCEPTED)  # a seat is kept for whoever has not answered yet
SEAT_STATES = {
    INVITED: (say("invité·e, sans réponse"), "waiting"),
    ACCEPTED: (say("vient"), "fine"),
    QUEUED: (say("en liste d’attente"), "near"),
    DECLINED: (say("ne vient pas"), "neutral"),
}

CAME, LATE, ABSENT = "came", "late", "absent"
MARKS = {CAME: (say("présent·e"), "fine"), LATE: (say("venu·e en retard"), "near"), ABSENT: (say("absent·e"), "over")}
PRESENT = (CAME, LATE)

PUBLICS = {
    "everybody": "toutes les personnes accompagnées",
    "rsa": "les personnes au RSA",
    "young": "les jeunes de moins de 26 ans",
    "newcomers": "les personnes qui découvrent le territoire",
    "job_seekers": "les personnes en recherche d’emploi",
}
CANCELLATIONS = {
    "too_few": "trop peu d’inscriptions",
    "adviser_away": "le conseiller est absent",
    "no_room": "la salle n’est plus disponible",
    "weather": "les conditions météo ou de transport",
    "moved": "c’est reporté",
}


@dataclass(frozen=True, kw_only=True)
class SubjectList:
    """What workshops may be about, from a day on; a list once published is never changed."""

    version: str
    from_on: date
    subjects: Mapping[str, str]


SUBJECT_LISTS = (
    SubjectList(
        version="2026.1",
        from_on=date(2000, 1, 1),
        subjects={
            "driving_practice": "Simulation et mise en mouvement",
            "communication": "Mobilité et communication",
            "networks": "Prendre les transports, droits et tarifs",
            "road_safety": "Prévention et sécurité routière",
            "cycling": "Vélo : remise en selle et entretien",
            "budget": "Le budget de mes trajets",
            "licence": "Vers le permis",
        },
    ),
)


def subjects_on(day: date) -> Mapping[str, str]:
    """The subjects of the list in force on a day, each code with its words."""
    return max((one for one in SUBJECT_LISTS if one.from_on <= day), key=lambda one: one.from_on).subjects


def subject_words(code: str) -> str:
    """A subject in words, of whichever list it came from."""
    if code == TRIP:
        return TRIP_WORDS
    return next((one.subjects[code] for one in reversed(SUBJECT_LISTS) if code in one.subjects), code)


def seat_for(*, taken: int, places: int) -> str:
    """What somebody asked now gets: a seat while one is free, else a rank on the waiting list. `taken` counts seats kept."""
    return INVITED if taken < places else QUEUED


def check_marked(mark: str, *, starts_at: datetime, is_trip: bool = False, now: datetime) -> None:
    """Raises RuleBroken for a word that is none, Conflict before its time: who comes on that day, who is late or away once it has begun."""
    if mark not in MARKS:
        raise RuleBroken("Choisissez présent·e, en retard ou absent·e.", field="mark")
    if mark == CAME and paris_day(now) < paris_day(starts_at):
        raise Conflict(f"{this_one(is_trip)} n’a pas encore eu lieu : la présence se note le jour même.")
    if mark != CAME and now < starts_at:
        raise Conflict(f"{this_one(is_trip)} n’a pas encore commencé : un retard ou une absence se note après son heure.")


def mark_at_the_door(*, starts_at: datetime, minutes: int, cancelled: bool, is_trip: bool = False, now: datetime) -> str:
    """What somebody who scans its code is: come, or late from a quarter of an hour on. Raises Conflict when nobody is at the door."""
    if cancelled:
        raise Conflict(say("Ce trajet est annulé.") if is_trip else say("Cet atelier est annulé."))
    if now < starts_at - DOOR_OPENS:
        raise Conflict(say("C’est encore trop tôt : la présence se dit sur place, une demi-heure avant le début au plus tôt."))
    if now > starts_at + timedelta(minutes=minutes) + DOOR_CLOSES:
        over = say("Ce trajet est fini. Dites à votre conseiller que vous étiez là.")
        raise Conflict(over if is_trip else say("Cet atelier est fini. Dites à votre conseiller que vous étiez là."))
    return LATE if now > starts_at + LATE_AFTER else CAME


def check_open(*, starts_at: datetime, cancelled: bool, is_trip: bool = False, now: datetime) -> None:
    """Raises Conflict for a workshop that is cancelled or has begun: no seat is asked for nor given back any more."""
    if cancelled:
        raise Conflict(f"{this_one(is_trip)} est annulé.")
    if starts_at <= now:
        raise Conflict(f"{this_one(is_trip)} a déjà commencé.")


def say_length(minutes: int) -> str:
    """So many minutes as read aloud: "2 h", "1 h 30", "45 min"."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def is_reminder_due(*, starts_at: datetime, asked_at: datetime, now: datetime) -> bool:
    """Whether who holds a seat is reminded now: the day before (a Saturday for a Sunday) from ten on, by day, unless just asked."""
    day = paris_day(starts_at) - timedelta(days=1)
    leaves = instant_of(day - timedelta(days=1) if day.weekday() == _SUNDAY else day, LEAVES_AT)
    is_by_day = NOT_BEFORE <= paris_time(now) < NOT_AFTER and paris_day(now).weekday() != _SUNDAY
    return asked_at < leaves <= now <= starts_at - TOO_LATE and is_by_day


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a sentence to a person says of a workshop: its title, when, how long, where; of a trip, when and where they get on."""

    title: str
    starts_at: datetime
    minutes: int
    where: str
    is_trip: bool = False

    @property
    def what(self) -> str:
        """All of it, inside a sentence."""
        if self.is_trip:
            return say("« %(title)s », %(at)s, %(where)s", title=self.title, at=say_moment(self.starts_at), where=self.where)
        told = {"title": self.title, "at": say_moment(self.starts_at), "length": say_length(self.minutes), "where": self.where}
        return say("« %(title)s », %(at)s (%(length)s), %(where)s", **told)


def say_invited(told: Told, *, queued: bool, freed: bool = False, link: str | None = None) -> str:
    """To whoever is invited, waits for a place, or gets one that was freed; `link` is where they answer without signing in."""
    if queued and told.is_trip:
        return say(
            "Le trajet %(what)s est complet : vous êtes en liste d’attente, et nous vous prévenons si une place se libère.", what=told.what
        )
    if queued:
        return say(
            "L’atelier %(what)s est complet : vous êtes en liste d’attente, et nous vous prévenons si une place se libère.", what=told.what
        )
    opening = _open(told, freed=freed)
    if link is not None:
        said = _brief(told).what
        return say("%(opening)s %(what)s. Venez-vous ? Répondez ici : %(link)s", opening=opening, what=said, link=link)
    return say("%(opening)s %(what)s. Dites-nous si vous venez, dans votre espace ou en nous appelant.", opening=opening, what=told.what)


def _open(told: Told, *, freed: bool) -> str:
    if told.is_trip:
        return say("Une place s’est libérée pour vous au trajet") if freed else say("Nous vous proposons une place au trajet")
    return say("Une place s’est libérée pour vous à l’atelier") if freed else say("Nous vous invitons à l’atelier")


def say_cancelled(told: Told) -> str:
    """To whoever held a seat or waited for one."""
    if told.is_trip:
        return say("Le trajet %(what)s n’aura pas lieu. Appelez-nous : nous cherchons une autre solution avec vous.", what=told.what)
    return say("L’atelier %(what)s n’aura pas lieu. Nous vous proposerons une autre date.", what=told.what)


def say_reminder(told: Told, link: str | None = None) -> str:
    """The day before, to whoever holds a seat."""
    if told.is_trip:
        said = say("Rappel : trajet %(what)s.", what=_brief(told).what)
        return joined(
            " ", (said, say("Un empêchement ? Dites-le ici : %(link)s", link=link) if link else say("Un empêchement ? Appelez-nous."))
        )
    if link is not None:
        return say(
            "Rappel : atelier %(what)s. Un empêchement ? Dites-le ici, la place servira : %(link)s", what=_brief(told).what, link=link
        )
    return say("Rappel : atelier %(what)s. Un empêchement ? Dites-le-nous : la place servira à quelqu’un d’autre.", what=told.what)


def _brief(told: Told) -> Told:
    """So much of it that its link is not cut off a text message."""
    return replace(
        told, title=shorten(told.title, SAID_AT_MOST, placeholder=" …"), where=shorten(told.where, SAID_AT_MOST, placeholder=" …")
    )
