"""The trade's short lists: each code with the French words shown for it (domain.md §2.3, §8). Pure."""

from collections.abc import Mapping

from mobility.tongues import capital, words

MOTIVES = {
    "job": "un emploi",
    "keep_job": "garder son emploi",
    "job_search": "chercher un emploi",
    "training": "une formation",
    "placement": "un stage",
}

WISHES = {
    "advice": "trouver comment se déplacer",
    "bike": "un vélo",
    "ebike": "un vélo électrique",
    "cargo_bike": "un vélo cargo",
    "moped": "un cyclomoteur",
    "scooter": "un scooter",
    "scooter125": "un scooter 125",
    "quadricycle": "une voiturette",
    "car": "une voiture",
    "transport": "être transporté·e",
    "licence": "passer le permis",
}

DECLARED_LICENCES = {
    "none": "aucun permis",
    "AM": "AM (ancien BSR)",
    "B": "permis B",
    "B78": "permis B, boîte automatique (code 78)",
    "other": "un autre permis, ou un permis étranger",
}

# How people earn or learn, and how they leave: the outcomes that funders count (domain.md §8), and subsidised work (§3.8).
JOB_KINDS = words(
    {
        "permanent": "CDI",
        "fixed_long": "CDD de 6 mois ou plus",
        "fixed_short": "CDD de moins de 6 mois",
        "temporary": "intérim",
        "subsidised": "contrat aidé",
        "work_study": "alternance",
        "training": "formation",
        "own_business": "création d’activité",
        "none": "sans emploi",
    }
)

ACTION_KINDS = words(
    {
        "accompaniment": "accompagnement individuel",
        "workshop": "atelier collectif",
        "rental_bike": "location de vélo",
        "rental_ebike": "location de vélo électrique",
        "rental_cargo_bike": "location de vélo cargo",
        "rental_moped": "location de cyclomoteur",
        "rental_scooter": "location de scooter",
        "rental_scooter125": "location de scooter 125",
        "rental_quadricycle": "location de voiturette",
        "rental_car": "location de voiture",
        "accompanied": "transport micro-collectif",
        "carpooling": "covoiturage",
        "referral_garage": "orientation vers un garage solidaire",
        "referral_driving_school": "orientation vers une auto-école sociale",
    }
)
RENTALS = frozenset(kind for kind in ACTION_KINDS if kind.startswith("rental_"))  # begun and ended by a booking, not by hand
NEEDS_CHARTER = frozenset({"accompanied"})  # the passenger accepts the charter first (domain.md §2.3)

REFUSALS = {
    "out_of_territory": "la personne habite ou travaille hors de notre territoire",
    "no_need": "la personne a déjà une solution pour se déplacer",
    "declined": "la personne ne souhaite plus être accompagnée",
    "not_come": "la personne n’est pas venue aux rendez-vous",
    "unreachable": "la personne n’a pas pu être jointe",
    "too_early": "le projet professionnel n’est pas encore précisé",
    "full": "aucune place n’est libre en ce moment",
}

# A "no" always carries one of these: nobody is sent away without another way to try.
OTHER_OFFERS = words(
    {
        "network": "une information sur les transports en commun et les tarifs réduits",
        "workshop": "un atelier collectif de mobilité",
        "accompanied": "le transport micro-collectif",
        "carpooling": "le covoiturage",
        "garage": "un garage solidaire",
        "driving_school": "une auto-école sociale",
        "other_platform": "une autre plateforme de mobilité",
        "employment_service": "un rendez-vous avec son service emploi",
        "later": "un nouveau rendez-vous dans trois mois",
    }
)

MEETING_KINDS = words(
    {
        "first": "premier entretien",
        "assessment": "bilan de mobilité",
        "point_etape": "point-étape",
        "handover": "remise du véhicule",
        "return": "retour du véhicule",
        "follow_up": "rendez-vous de suivi",
    }
)

SEXES = {"F": "femme", "M": "homme"}

THROUGH_THEM = "structure"
CONTACTS = {"phone": "par téléphone", "sms": "par SMS", "mail": "par courriel", THROUGH_THEM: "par la structure qui suit la personne"}


def choices(codes: Mapping[str, str]) -> list[tuple[str, str]]:
    """A short list as a form offers it: each code with its words, a capital first."""
    return [(code, capital(words)) for code, words in codes.items()]
