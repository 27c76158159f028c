"""What a platform sets from a day on: bookings, rentals, the workshop, notices of offences. What depends on the kind: kind_rules.py."""

from fleet.accidents import DAYS as ACCIDENT_DAYS
from fleet.availability import INSPECTION, INSURANCE, OFFERS_UNKNOWN
from fleet.costs import YEARS
from fleet.fines import DAYS, PENALTY
from fleet.insurance import BREAKDOWN_PHONE, EXCESS, INSURER
from fleet.modes import PASS
from fleet.offer import PUBLISHED
from fleet.photo_retention import PHOTO_MONTHS
from fleet.renewal import APART, STEP, STEPS
from fleet.reviews import DAYS_AFTER
from mobility.dated import DatedSetting

OF_BOOKINGS = (
    PHOTO_MONTHS,
    DatedSetting(
        key=OFFERS_UNKNOWN[INSPECTION],
        label="Proposer un véhicule dont la date du contrôle technique est inconnue",
        default=True,
        source="usage",
        kind="bool",
        help="Proposé, il le dit à qui réserve.",
    ),
    DatedSetting(
        key=OFFERS_UNKNOWN[INSURANCE],
        label="Proposer un véhicule de la plateforme dont la date d’assurance est inconnue",
        default=False,
        source="usage",
        kind="bool",
        help="Celui d’un loueur ou d’un partenaire reste proposé et le dit. Une location en cours n’est jamais arrêtée pour cela.",
    ),
    DatedSetting(
        key="fleet.hold_hours",
        label="Durée d’une option, en heures",
        default=48,
        source="usage",
        kind="int",
        help="Passé ce délai, le véhicule redevient libre.",
    ),
    DatedSetting(
        key="fleet.no_show_hours",
        label="Véhicule non retiré : à libérer après, en heures",
        default=24,
        source="usage",
        kind="int",
        help="Passé ce délai après le départ prévu, le bureau propose de libérer le véhicule ; rien ne se fait tout seul.",
    ),
    DatedSetting(
        key=PUBLISHED,
        label="Publier l’offre : véhicules, prix, conditions et jours libres",
        default=True,
        source="domain.md §8",
        kind="bool",
        help="Une page sans compte, et les mêmes données pour les annuaires. Jamais une personne, une plaque ou une adresse exacte.",
    ),
    PASS,
    DatedSetting(
        key="fleet.longest_booking_days",
        label="Durée la plus longue d’une réservation, en jours",
        default=366,
        source="domain.md §9",
        kind="int",
    ),
)

OF_RENTALS = (
    DatedSetting(
        key="fleet.cap_percent",
        label="Plafond kilométrique, en % du trajet domicile–travail",
        default=120,
        source="domain.md §2.6",
        kind="int",
    ),
    DatedSetting(key="fleet.cap_near_percent", label="Proche du plafond dès, en %", default=80, source="domain.md §10.4", kind="int"),
    DatedSetting(key="fleet.point_etape_days", label="Jours entre deux points-étapes", default=7, source="domain.md §2.5", kind="int"),
    DatedSetting(
        key=DAYS_AFTER,
        label="Bilan mensuel du programme AMIE : à tenir tant de jours après la fin du mois",
        default=0,
        source="domain.md §3.6",
        kind="int",
        most=31,
    ),
    DatedSetting(
        key="fleet.chain_days",
        label="Durée la plus longue d’une mise à disposition, renouvellements compris, en jours",
        default=90,
        source="domain.md §9",
        kind="int",
    ),
    DatedSetting(
        key=APART,
        label="Nouvelle réservation : suite de la précédente jusqu’à tant de jours après le retour",
        default=7,
        source="usage",
        kind="int",
        most=366,
        help="Ses jours comptent alors dans la durée la plus longue, ses kilomètres dans le plafond. 0 : le jour même.",
    ),
    DatedSetting(
        key=STEP,
        label="Renouvellement : durée de chaque nouveau contrat",
        default="14",
        source="domain.md §9",
        kind="choice",
        choices=STEPS,
        help="« Renouveler » prolonge d’autant et prépare le contrat à signer, jusqu’à la durée la plus longue.",
    ),
    DatedSetting(
        key=BREAKDOWN_PHONE,
        label="Numéro d’assistance en cas de panne",
        default="",
        source="domain.md §9",
        help="Aucun contrat ne se fait sans ce numéro.",
    ),
    DatedSetting(
        key=INSURER,
        label="Assureur des véhicules qui n’en nomment pas",
        default="",
        source="domain.md §9",
        help="Un contrat nomme toujours l’assureur : celui-ci, ou celui de la fiche du véhicule.",
    ),
    DatedSetting(
        key=EXCESS,
        label="Franchise des véhicules qui n’en disent rien",
        default=None,
        source="domain.md §9",
        kind="cents",
        help="Un contrat dit toujours la franchise : celle-ci, ou celle de la fiche du véhicule.",
    ),
    DatedSetting(
        key="fleet.fuel_sentence",
        label="Carburant, sur le contrat",
        default="à votre charge ; le véhicule se rend avec le même niveau",
        source="domain.md §2.4",
    ),
    DatedSetting(
        key="fleet.hirer_name",
        label="Loueur du programme AMIE",
        default="",
        source="domain.md §3.5",
        help="Vide : la plateforme loue elle-même.",
    ),
    DatedSetting(key="fleet.hirer_address", label="Adresse du loueur", default="", source="domain.md §3.5"),
)

OF_WORKSHOP = (
    DatedSetting(key="fleet.upkeep_days_ahead", label="Entretien : prévenir tant de jours avant", default=30, source="usage", kind="int"),
    DatedSetting(key="fleet.upkeep_km_ahead", label="Entretien : prévenir tant de km avant", default=500, source="usage", kind="int"),
    DatedSetting(
        key=YEARS,
        label="Prix d’achat d’un véhicule : à répartir sur tant d’années",
        default=5,
        source="usage",
        kind="int",
        most=20,
        help="Par jour, depuis la mise en service, selon la durée en vigueur ce jour-là. 0 : le prix d’achat n’est pas compté.",
    ),
)

OF_FINES = (
    DatedSetting(
        key=DAYS,
        label="Contravention : jours pour désigner le conducteur",
        default=45,
        source="code de la route, art. L121-6",
        kind="int",
        most=365,
        help="Comptés depuis la date d’envoi portée sur l’avis.",
    ),
    DatedSetting(
        key=PENALTY,
        label="Contravention : amende si le conducteur n’est pas désigné",
        default=67_500,
        source="code de la route, art. L121-6",
        kind="cents",
    ),
    DatedSetting(
        key=ACCIDENT_DAYS,
        label="Accident : jours ouvrés pour le déclarer à l’assureur",
        default=5,
        source="code des assurances, art. L113-2",
        kind="int",
        most=60,
    ),
)
