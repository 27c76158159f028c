"""A notice of a traffic offence (avis de contravention): its clock, its life, and what its person is told (domain.md §9 "Fines")."""

from dataclasses import dataclass
from datetime import date, timedelta

from fleet.life import Life
from mobility.errors import RuleBroken
from mobility.money import euros
from mobility.periods import say_day

DAYS, PENALTY = "fleet.naming_days", "fleet.naming_penalty_cents"  # dated settings
REMINDERS = (30, 15, 5)  # days left

RECEIVED, FOUND, NAMED, REFUSED, CONTESTED, SETTLED = "received", "driver_found", "named", "refused", "contested", "settled"
STATUS_NAMES = {
    RECEIVED: "conducteur à trouver",
    FOUND: "conducteur à désigner",
    NAMED: "conducteur désigné",
    REFUSED: "désignation refusée",
    CONTESTED: "contesté",
    SETTLED: "classé",
}
OPEN = (RECEIVED, FOUND, REFUSED)  # the clock runs
WAITING = (*OPEN, CONTESTED)  # what the deposit waits for

ASSIGN, TELL, NAME, REFUSE, CONTEST, SETTLE = "assign", "tell", "name", "refuse", "contest", "settle"
NEXT = {
    ASSIGN: {RECEIVED: FOUND, FOUND: FOUND, REFUSED: FOUND, CONTESTED: FOUND},
    TELL: {FOUND: FOUND, NAMED: NAMED, REFUSED: REFUSED, CONTESTED: CONTESTED},
    NAME: {FOUND: NAMED, REFUSED: NAMED},
    REFUSE: {NAMED: REFUSED},
    CONTEST: {FOUND: CONTESTED, NAMED: CONTESTED},
    SETTLE: dict.fromkeys((RECEIVED, FOUND, NAMED, REFUSED, CONTESTED), SETTLED),
}
_WHY_NOT = {
    RECEIVED: "Dites d’abord qui avait le véhicule.",
    FOUND: "La personne n’est pas encore désignée.",
    NAMED: "La personne est déjà désignée.",
    REFUSED: "La désignation a été refusée : désignez de nouveau, ou classez l’avis.",
    CONTESTED: "L’avis est contesté : dites qui conduisait, ou classez-le.",
    SETTLED: "Cet avis est classé : il ne change plus.",
}

DIRECT, HIRER_ASKS, HIRER_NAMED = "direct", "hirer_asks", "hirer_named"
ROUTES = {
    DIRECT: "envoyé à la plateforme, titulaire de la carte grise",
    HIRER_ASKS: "reçu par le loueur, qui nous demande qui conduisait",
    HIRER_NAMED: "envoyé à la plateforme, que le loueur a désignée",
}
HOW_TOLD = {"mail": "par mail", "sms": "par SMS", "letter": "par courrier", "voice": "de vive voix"}
HOW_NAMED = {"online": "en ligne", "post": "par courrier recommandé", "hirer": "auprès du loueur"}
REFUSALS = {
    "incomplete": "l’identité ou l’adresse est incomplète",
    "licence": "le numéro de permis manque, ou n’est pas le bon",
    "denied": "la personne désignée dit qu’elle ne conduisait pas",
    "late": "la désignation est arrivée après le délai",
    "other": "une autre raison, dite dans la lettre",
}
PAPERS = {  # what a second naming needs, by reason
    "incomplete": "sa pièce d’identité (nom, date et lieu de naissance) et un justificatif de domicile",
    "licence": "son permis, recto et verso",
    "denied": "le contrat signé et l’état des lieux de départ, avec leurs heures",
    "late": "la preuve d’envoi dans le délai : récépissé du recommandé ou accusé d’enregistrement en ligne",
    "other": "ce que la lettre de refus demande",
}
_YOURS = {  # the papers that the person brings, in words to her
    "incomplete": "votre pièce d’identité et un justificatif de domicile",
    "licence": "votre permis (les deux faces)",
}
OUTCOMES = {
    "person_pays": "la personne a reçu son avis, ou l’a payé",
    "platform_pays": "la plateforme a payé",
    "dropped": "classé sans suite",
    "mistake": "une erreur de saisie, ou un véhicule qui n’est pas le nôtre",
}


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The days left to name the driver: the last one is `due_on`."""

    due_on: date
    days_left: int
    penalty_cents: int

    @property
    def sentence(self) -> str:
        """What is to be done by when, and what it costs not to."""
        if self.days_left < 0:
            return (
                f"Le délai est passé depuis le {say_day(self.due_on)} : l’amende pour non-désignation est de {euros(self.penalty_cents)}."
            )
        return (
            f"Désignez le conducteur au plus tard le {say_day(self.due_on)} ; "
            f"après, l’amende pour non-désignation est de {euros(self.penalty_cents)}."
        )

    @property
    def said(self) -> str:
        """The days left in words."""
        if self.days_left < 0:
            return "délai passé"
        return {0: "dernier jour", 1: "demain, dernier jour"}.get(self.days_left, f"encore {self.days_left} jours")

    @property
    def tone(self) -> str:
        """How hard it presses."""
        return "over" if self.days_left <= REMINDERS[2] else "near" if self.days_left <= REMINDERS[1] else "waiting"

    @property
    def reminder(self) -> int | None:
        """The reminder that is due by now: 30, 15 or 5 days before the end; none earlier."""
        return min((days for days in REMINDERS if self.days_left <= days), default=None)


def clock_of(sent_on: date, today: date, *, days: int, penalty_cents: int) -> Clock:
    """Counted from the day the notice was sent, not from the day it came."""
    due_on = sent_on + timedelta(days=days)
    return Clock(due_on=due_on, days_left=(due_on - today).days, penalty_cents=penalty_cents)


_LIFE = Life(next=NEXT, why_not=_WHY_NOT.__getitem__)
may, after = _LIFE.may, _LIFE.after


def check_days(*, offence_on: date, sent_on: date, hirer_on: date | None, route: str, today: date) -> None:
    """A notice follows its offence, and nothing lies ahead. Raises RuleBroken beside the field."""
    if offence_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu.", field="on")
    if sent_on < offence_on:
        raise RuleBroken("L’avis part après l’infraction : vérifiez les deux dates.", field="sent_on")
    if sent_on > today:
        raise RuleBroken("Ce jour n’est pas encore venu.", field="sent_on")
    if route == DIRECT and hirer_on is not None:
        raise RuleBroken("Cet avis n’est pas passé par le loueur.", field="hirer_on")
    if hirer_on is not None and not offence_on <= hirer_on <= today:
        raise RuleBroken("Le loueur écrit après l’infraction, et pas dans l’avenir.", field="hirer_on")


def check_refusal(*, named_on: date, refused_on: date, answer_by: date | None, today: date) -> None:
    """A refusal follows the naming, and the day it gives follows the refusal. Raises RuleBroken beside the field."""
    if not named_on <= refused_on <= today:
        raise RuleBroken("Un refus suit la désignation, et n’est pas dans l’avenir.", field="refused_on")
    if answer_by is not None and answer_by < refused_on:
        raise RuleBroken("La date limite vient après le refus : vérifiez les deux dates.", field="answer_by")


def say_refusal(reason: str) -> str:
    """Why a naming was refused, and what the next one needs."""
    return f"La désignation a été refusée : {REFUSALS[reason]}. Pour désigner de nouveau, il faut {PAPERS[reason]}."


def tell_refusal(*, person: str, number: str, reason: str, platform: str, phone: str | None) -> str:
    """What the person reads once her naming was refused: what is asked of her, or that nothing is."""
    call = f" Une question ? Appelez-nous au {phone}." if phone else ""
    asked = f"Pour la refaire, apportez-nous {_YOURS[reason]}." if reason in _YOURS else "Nous préparons la réponse avec nos papiers."
    return (
        f"Bonjour {person},\n\n"
        f"Pour l’avis de contravention n° {number}, nous avions dit que le véhicule était entre vos mains. "
        f"Cette désignation a été refusée : {REFUSALS[reason]}.\n\n"
        f"{asked} Rien n’est à payer tant qu’aucun avis n’est à votre nom.{call}\n\n{platform}"
    )


def tell_borrower(*, vehicle: str, moment: str, place: str | None, number: str, address: str, refused: str | None = None) -> str:
    """What the platform reads that a vehicle was lent to: it is named, or its naming was refused and why; it finds at once who drove."""
    where = f", {place}" if place else ""
    if refused is not None:
        return (
            "Bonjour,\n\n"
            f"Pour l’avis de contravention n° {number}, {vehicle}, {moment}{where}, nous vous avions désignés. "
            f"Cette désignation a été refusée : {REFUSALS[refused]}.\n\n"
            "Nous préparons la réponse avec nos papiers. Dites-nous si les vôtres nomment une autre personne ou une autre heure :\n"
            f"{address}"
        )
    return (
        "Bonjour,\n\n"
        f"Un avis de contravention (n° {number}) nous est arrivé pour {vehicle}, {moment}{where}. Ce véhicule vous était prêté.\n\n"
        "Nous vous désignons : l’avis suivant vous sera adressé, et vous désignerez qui conduisait, dans le délai qu’il porte. "
        f"Votre réponse est ici, dès maintenant :\n{address}"
    )


def tell_person(*, person: str, vehicle: str, moment: str, place: str | None, number: str, platform: str, phone: str | None) -> str:
    """What the person reads: what happened, what comes, what they can do. It holds no amount: the notice in their name says it."""
    where = f", {place}" if place else ""
    call = f" Une question ? Appelez-nous au {phone}." if phone else ""
    return (
        f"Bonjour {person},\n\n"
        f"Un avis de contravention (n° {number}) nous est arrivé pour {vehicle}, {moment}{where}. "
        "D’après votre contrat, le véhicule était entre vos mains.\n\n"
        "La loi nous oblige à dire qui conduisait. Vous recevrez ensuite un avis à votre nom, avec le montant et la façon de payer.\n\n"
        "Si vous ne conduisiez pas, ou si l’infraction vous semble fausse, ne payez pas : payer, c’est reconnaître l’infraction. "
        "L’avis à votre nom explique comment le contester, dans les 45 jours, et nous vous aidons à le faire."
        f"{call}\n\n{platform}"
    )
