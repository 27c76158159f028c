"""What a platform sets of its money from a day on (domain.md §9). What depends on a tariff or a programme has pages of its own."""

from datetime import date

from billing.analytic import DEFAULTS, analytic_key
from billing.closings import CLOSES_BY_ITSELF
from billing.deposits import DEFAULT_DEPOSIT_CENTS, SOLIDARITY_KEY, SOLIDARITY_PERCENT
from billing.hires import COVERED, USUAL_COVER, WARN_DAYS
from billing.keeping import CEILINGS_CENTS, KEPT_REASONS, ceiling_key
from billing.ledger import CHART, ON_BALANCE, account_key
from billing.payment_record import DAYS as ON_TIME_DAYS_KEY
from billing.reminders import AFTER_DAYS, BEFORE_DAYS, LEAST
from billing.saved_cards import FORGET_DAYS_KEY
from billing.tariffs import KIND_LABELS
from billing.terms import BY_THE_HOUR, PROGRAMME_LABELS, gift_key
from mobility.dated import DatedSetting

RETURN_HOUR = DatedSetting(
    key="billing.return_hour",
    label="Heure de retour",
    default="12:00",
    source="domain.md §10.1",
    kind="hour",
    help="Le jour du retour n’est pas compté quand le véhicule revient avant cette heure.",
)
RELEASE_DAYS = DatedSetting(
    key="billing.deposit_release_days",
    label="Délai avant de rendre la caution, en jours",
    default=45,
    source="domain.md §9",
    kind="int",
    help="Compté depuis le retour : un avis d’amende peut arriver jusqu’à 45 jours après l’infraction.",
)
FORGET_DAYS = DatedSetting(
    key=FORGET_DAYS_KEY,
    label="Carte enregistrée : oubliée d’elle-même, en jours après la date de restitution",
    default=7,
    source="domain.md §9",
    kind="int",
    help="La caution est alors rendue sans que personne n’ait rien à faire, sauf si une contravention ou un débit l’attend.",
)
TAX_REGIME = DatedSetting(
    key="billing.tax_regime",
    label="Régime de TVA de l’association",
    default="exempt",
    source="domain.md §9",
    kind="choice",
    help="Imprimé sur les notes et les reçus.",
    choices=(("exempt", "exonérée"), ("franchise", "franchise en base"), ("liable", "assujettie")),
)

GIFTS = tuple(
    DatedSetting(
        key=gift_key(programme),
        label=f"{PROGRAMME_LABELS[programme]} : gratuit",
        default=False,
        source="domain.md §10.1",
        kind="bool",
        help="Sinon, la journée est due. Un prêt déjà réservé garde son prix.",
    )
    for programme in BY_THE_HOUR
)
DEPOSITS = tuple(
    DatedSetting(
        key=f"billing.deposit_cents.{kind}",
        label=f"Caution habituelle : {KIND_LABELS[kind]}",
        default=cents,
        source="domain.md §9",
        kind="cents",
        help="Proposée à chaque réservation ; celles déjà demandées restent telles quelles.",
    )
    for kind, cents in DEFAULT_DEPOSIT_CENTS.items()
)
CEILINGS = tuple(
    DatedSetting(
        key=ceiling_key(why),
        label=f"Caution gardée, le plus : {KEPT_REASONS[why].lower()}",
        default=cents,
        source="domain.md §9",
        kind="cents",
        help="En tout, d’une caution. Chaque location suit le plafond de son premier jour ; on ne garde jamais plus que la facture.",
    )
    for why, cents in CEILINGS_CENTS.items()
)
SOLIDARITY = DatedSetting(
    key=SOLIDARITY_KEY,
    label="Caution solidaire, en % de la caution demandée",
    default=SOLIDARITY_PERCENT,
    source="domain.md §9",
    kind="int",
    help="Ce qu’un conseiller peut demander à la place, avec une raison.",
    most=100,
)
CASH_FOR_CARS = DatedSetting(
    key="billing.cash_for_cars",
    label="Espèces : admises pour louer une voiture",
    default=True,
    since=((date(2025, 6, 15), False),),
    source="domain.md §9",
    kind="bool",
    help="Interdites par la loi depuis le 15 juin 2025, sauf pour qui déclare n’avoir ni compte bancaire ni autre moyen de paiement.",
)
CASH_CEILING = DatedSetting(
    key="billing.cash_ceiling_cents",
    label="Espèces : le plus qu’une dette peut en recevoir",
    default=300_000,
    since=((date(2015, 9, 1), 100_000),),
    source="domain.md §9",
    kind="cents",
    help="La dette entière compte, même payée en plusieurs fois ; la même déclaration en dispense.",
)
FUEL_ALLOWANCE = DatedSetting(
    key="billing.fuel_allowance_cents",
    label="AMIE : enveloppe de carburant du mois 1",
    default=10_000,
    source="domain.md §3.3",
    kind="cents",
    help="Pour les trajets de travail, sur reçus. Chaque location garde celle du jour où elle commence.",
)
ON_TIME_DAYS = DatedSetting(
    key=ON_TIME_DAYS_KEY,
    label="Payé à temps : sous combien de jours",
    default=7,
    source="domain.md §2.5",
    kind="int",
    help="Comptés depuis le jour où l’échéance est inscrite au compte : jusqu’au point-étape suivant. Pour « Prêt à acheter ».",
)
HIRER_WARN = DatedSetting(
    key=WARN_DAYS,
    label="Retour au loueur : prévenir tant de jours avant",
    default=7,
    source="usage",
    kind="int",
    help="Le temps de rendre le véhicule ou de faire prolonger le contrat du loueur.",
)
GUARANTEED = DatedSetting(
    key=COVERED, label="Garantie donnée à un loueur : ce que dit sa lettre", default=USUAL_COVER, source="domain.md §3.5"
)
KEEPS_ALL_BOOKS = DatedSetting(
    key="billing.keeps_all_books",
    label="Comptabilité : toute tenue dans Point-Étape",
    default=False,
    source="domain.md §9",
    kind="bool",
    help="Sinon, Point-Étape donne des écritures à importer dans le logiciel de la comptabilité, et n’appelle pas ce fichier un FEC.",
)
CLOSES = DatedSetting(
    key=CLOSES_BY_ITSELF,
    label="Comptabilité : clôturer chaque nuit les journées, les mois et les années finis",
    default=False,
    source="domain.md §9",
    kind="bool",
    help="Une clôture ne se défait pas. Sinon, chacune se fait à la main, depuis « Clôtures ».",
)
ACCOUNTS = tuple(
    DatedSetting(
        key=account_key(code),
        label=f"Plan comptable : {CHART[code]}",
        default=f"{code} {CHART[code]}",
        source="domain.md §9",
        kind="account",
        help="Son numéro, une espace, son libellé dans votre plan comptable. Nos livres gardent le leur, vos écritures portent le vôtre.",
    )
    for code in ON_BALANCE
)
ANALYTIC = tuple(
    DatedSetting(
        key=analytic_key(subject),
        label=f"Code analytique : {value.partition(' ')[2]}",
        default=value,
        source="domain.md §9",
        kind="analytic",
        help="Son code, une espace, son libellé. Les écritures d’un jour portent le code de ce jour-là.",
    )
    for subject, value in DEFAULTS.items()
)
SETTINGS = (
    FUEL_ALLOWANCE,
    ON_TIME_DAYS,
    HIRER_WARN,
    GUARANTEED,
    RETURN_HOUR,
    *GIFTS,
    RELEASE_DAYS,
    FORGET_DAYS,
    TAX_REGIME,
    *DEPOSITS,
    *CEILINGS,
    SOLIDARITY,
    CASH_FOR_CARS,
    CASH_CEILING,
    KEEPS_ALL_BOOKS,
    CLOSES,
    BEFORE_DAYS,
    AFTER_DAYS,
    LEAST,
    *ACCOUNTS,
    *ANALYTIC,
)
