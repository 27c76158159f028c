"""The letters of a notice: the driver named, in the order of the official form, and the person told."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from fleet.documents.letter import LetterPaper
from fleet.fines import HIRER_ASKS, REFUSED, tell_borrower, tell_person, tell_refusal
from fleet.holders import which_of
from fleet.models import Fine, Vehicle, VehicleLoan
from fleet.queries.contracts import contract_at, names
from fleet.queries.holders import read_booking
from fleet.queries.loans import find_lent
from fleet.queries.vehicles import full_name, get_vehicle
from mobility.addresses import page_address
from mobility.documents.papers import Fact, Signature
from mobility.errors import Conflict
from mobility.models import Beneficiary, Platform
from mobility.periods import PARIS, paris_day, say_day, say_moment
from mobility.phones import say_phone
from mobility.queries.letterhead import letterhead, person_of, platform_here

_TITLES = {"F": "Madame", "M": "Monsieur"}


def driver_of(fine: Fine) -> Beneficiary:
    """Who held the vehicle. Raises Conflict while nobody is known to."""
    found = read_booking(fine.booking_id)
    if found is None:
        raise Conflict("Dites d’abord qui avait le véhicule.")
    return found[1]


def official_fields(person: Beneficiary) -> list[tuple[str, str]]:
    """What the form at antai.gouv.fr asks of a driver and we hold, in its order; an answer we have not is empty."""
    return [
        ("Civilité", _TITLES.get(person.sex or "", "")),
        ("Nom", person.last_name),
        ("Prénom", person.first_name),
        ("Date de naissance", person.birth_on.strftime("%d/%m/%Y") if person.birth_on else ""),
        ("Adresse", person.address or ""),
        ("Code postal", person.postcode or ""),
        ("Commune", person.commune or ""),
    ]


def legal_fields(platform: Platform) -> list[tuple[str, str]]:
    """What the same form asks of an association that had the vehicle: it names its own driver in turn."""
    return [
        ("Raison sociale", platform.legal_name or platform.name),
        ("SIREN", platform.siren or ""),
        ("Adresse", platform.address or ""),
        ("Téléphone", say_phone(platform.phone) if platform.phone else ""),
        ("Mail", platform.email or ""),
    ]


def naming_letter(fine: Fine, *, birth_place: str | None, licence_number: str | None, now: datetime) -> LetterPaper:
    """The letter that names the driver, or the platform it was lent to: to the police, or to the hirer who asked. Raises Conflict."""
    vehicle, lent, to_hirer = get_vehicle(fine.vehicle_id), find_lent(loan_id=fine.loan_id), fine.route == HIRER_ASKS
    typed = [("Lieu de naissance", birth_place), ("Numéro du permis de conduire", licence_number)]
    facts = [
        ("Avis de contravention", fine.notice_number),
        ("Envoyé le", say_day(fine.sent_on)),
        ("Véhicule", vehicle.plate or vehicle.label),
        ("Infraction", fine.offence),
        ("Commise le", say_moment(fine.offence_at)),
        ("Lieu", fine.place),
    ]
    return LetterPaper(
        platform=letterhead(),
        number=fine.number,
        written_at=now,
        to=(vehicle.lessor or "Le loueur du véhicule",) if to_hirer else ("Officier du ministère public", "à l’adresse portée sur l’avis"),
        opening=f"Madame, Monsieur, {_again(fine)}nous vous indiquons qui avait la garde du véhicule au moment de l’infraction ci-dessous.",
        facts=_facts(facts),
        person=_facts(legal_fields(lent[1])) if lent else _facts([*official_fields(driver_of(fine)), *typed]),
        paragraphs=(
            _say_loan(fine, *lent) if lent else _say_right(fine, vehicle),
            "Nous vous prions d’agréer, Madame, Monsieur, l’expression de nos salutations distinguées.",
        ),
        signatures=(Signature(capacity="Pour la plateforme", full_name=letterhead().name),),
        small=None if to_hirer else "À envoyer en recommandé avec le formulaire joint à l’avis ; en ligne : antai.gouv.fr.",
    )


def _say_loan(fine: Fine, loan: VehicleLoan, borrower: Platform) -> str:
    """Since the keys were theirs; since what was agreed where somebody says that they had them before."""
    since = loan.received_at if loan.received_at and loan.received_at <= fine.offence_at else loan.starts_at
    return (
        f"Ce véhicule était prêté à cette association, personne morale, depuis le {say_day(paris_day(since))} : "
        f"{borrower.name} désigne à son tour qui conduisait."
    )


def _say_right(fine: Fine, vehicle: Vehicle) -> str:
    """By what this person had the vehicle: the version of the contract in force at that hour, never one signed since."""
    found = read_booking(fine.booking_id)
    assert found is not None and found[0].handed_over_at is not None  # `driver_of` found them; only keys that went out are assigned
    contract = contract_at(found[0].id, fine.offence_at)
    if contract is None or contract.signed_at is None:
        return f"Cette personne avait le véhicule, remis le {say_moment(found[0].handed_over_at)}."
    said = f"Cette personne avait le véhicule par le contrat de mise à disposition n° {contract.number}, signé le "
    said += f"{say_moment(contract.signed_at)}, dont nous tenons une copie prête."
    return said if names(contract, vehicle) else f"{said} Il lui a été remis en échange de celui que ce contrat nomme."


def telling_letter(fine: Fine, *, now: datetime) -> LetterPaper:
    """The same words as the mail, on paper, for the person or the platform it was lent to. Raises Conflict."""
    lent = find_lent(loan_id=fine.loan_id)
    if lent is None:
        person = driver_of(fine)
        named, words = person_of(person), words_to(fine, person)
        to = (named.full_name, named.address)
    else:
        words, to = words_to_borrower(fine, lent[1]), (lent[1].legal_name or lent[1].name, lent[1].address)
    opening, *paragraphs = words.split("\n\n")
    return LetterPaper(
        platform=letterhead(),
        number=fine.number,
        written_at=now,
        to=tuple(part for part in to if part),
        opening=opening,
        paragraphs=tuple(paragraphs),
    )


def words_to_borrower(fine: Fine, borrower: Platform) -> str:
    """What the platform reads that the vehicle was lent to, with the address that asks its own books who drove."""
    vehicle = get_vehicle(fine.vehicle_id)
    return tell_borrower(
        vehicle=full_name(vehicle),
        moment=say_moment(fine.offence_at),
        place=fine.place,
        number=fine.notice_number,
        address=page_address(borrower.slug, f"who-had?{urlencode(question_of(fine, vehicle))}"),
        refused=fine.refused_reason if fine.status == REFUSED else None,
    )


def question_of(fine: Fine, vehicle: Vehicle) -> dict[str, str]:
    """What "who had it" is asked for the hour of a notice: its answer also shows who had the vehicle just before and after."""
    at = fine.offence_at.astimezone(PARIS)
    asked = {"plate": vehicle.plate, "on": at.date().isoformat(), "hour": at.strftime("%H:%M"), "which": which_of(at)}
    return {name: told for name, told in asked.items() if told}


def words_to(fine: Fine, person: Beneficiary) -> str:
    """What the person reads, by mail or on paper."""
    platform, vehicle = platform_here(), get_vehicle(fine.vehicle_id)
    phone = say_phone(platform.phone) if platform.phone else None
    if fine.status == REFUSED and fine.refused_reason:
        return tell_refusal(
            person=person.first_name, number=fine.notice_number, reason=fine.refused_reason, platform=platform.name, phone=phone
        )
    return tell_person(
        person=person.first_name,
        vehicle=full_name(vehicle),
        moment=say_moment(fine.offence_at),
        place=fine.place,
        number=fine.notice_number,
        platform=platform.name,
        phone=phone,
    )


def _again(fine: Fine) -> str:
    """A second naming says what it answers."""
    return f"suite à votre refus du {say_day(fine.refused_on)}, " if fine.status == REFUSED and fine.refused_on else ""


def title_of(fine: Fine) -> str:
    """What a letter of this notice is called."""
    return f"Avis de contravention du {say_day(paris_day(fine.offence_at))}"


def _facts(pairs: Sequence[tuple[str, str | None]]) -> tuple[Fact, ...]:
    return tuple(Fact(label=label, value=value) for label, value in pairs if value)
