"""One full paper of each kind, of invented people; each test changes only what it is about."""

from base64 import b64encode
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from assessments.documents.assessment import AssessmentPaper, Dimension
from billing.documents.deposit_receipt import DepositReceiptPaper, Due
from billing.documents.note import NoteLine, NotePaper
from billing.documents.receipt import PaidLine, ReceiptPaper
from billing.documents.schedule import Month, SchedulePaper
from fleet.documents.condition_report import Checked, ConditionReportPaper, Marked, Picture
from fleet.documents.contract import ContractPaper, Deposit, Hirer, Insurance, Price, Vehicle, Waiver
from fleet.documents.microcredit import MicrocreditPaper, Part
from mobility.documents.access_letter import AccessLetterPaper
from mobility.documents.liaison_form import LiaisonFormPaper
from mobility.documents.papers import Fact, Letterhead, Person, Signature
from tests.rules.test_uploads import make_picture

MORNING = datetime(2026, 3, 2, 8, 5, tzinfo=UTC)
PLATFORM = Letterhead(
    name="Mobilité des Collines",
    address="12 rue des Tilleuls, 13990 Montcaillou",
    phone="04 00 00 00 10",
    email="bonjour@collines.example.org",
    legal_line="Association loi 1901, SIRET 000 000 000 00010. Mobilité des Collines, 12 rue des Tilleuls, 13990 Montcaillou.",
)
SAMIRA = Person(
    full_name="Samira Belkacem-Œuvrard", address="3 chemin du Puits, 13990 Montcaillou", born_on=date(1994, 7, 1), phone="06 00 00 00 21"
)
CAR = Vehicle(kind="Voiture", label="Clio grise n° 4", plate="AA-000-AA", odometer_km=48210)
PATH = "M20 110 C 60 20, 90 20, 100 100 S 140 150, 170 60 S 230 20, 250 90 S 300 140, 380 50"
UNSIGNED = (
    Signature(capacity="Pour la plateforme", full_name="Ivan Delorme"),
    Signature(capacity="Bénéficiaire", full_name=SAMIRA.full_name),
)
SIGNED = (
    Signature(capacity="Pour la plateforme", full_name="Ivan Delorme", signed_at=MORNING),
    Signature(capacity="Bénéficiaire", full_name=SAMIRA.full_name, signed_at=MORNING, path=PATH),
)
FRANCHISE_OF_TAX = "TVA non applicable, article 293 B du code général des impôts."
FIRST_MONTH = ("location", "carburant pour aller travailler", "assurance")
STEPS = [
    Month(number=1, first_on=date(2026, 3, 2), last_on=date(2026, 4, 1), rent_cents=0, covers=FIRST_MONTH),
    Month(number=2, first_on=date(2026, 4, 2), last_on=date(2026, 5, 1), rent_cents=4600, covers=("assurance",)),
    Month(number=3, first_on=date(2026, 5, 2), last_on=date(2026, 6, 1), rent_cents=10400, covers=("assurance",)),
    Month(number=4, first_on=date(2026, 6, 2), last_on=date(2026, 7, 1), rent_cents=16200, covers=("assurance",)),
    Month(number=5, first_on=date(2026, 7, 2), last_on=date(2026, 8, 1), rent_cents=22000, covers=("assurance",)),
]


def make_contract(**changes: Any) -> ContractPaper:
    contract = ContractPaper(
        platform=PLATFORM,
        number="C-2026-0042",
        dated_at=MORNING,
        person=SAMIRA,
        vehicle=CAR,
        starts_at=MORNING,
        ends_at=datetime(2026, 3, 30, 15, 0, tzinfo=UTC),
        longest_on=date(2026, 5, 30),
        price=Price(
            sentence="Voiture à 5 €, demi-tarif quartier prioritaire, 28 jours : 70 €.",
            rule="Tarif 2026, en vigueur depuis le 1er janvier 2026",
            tier="quartier prioritaire : moitié prix, d’après votre adresse",
            means=("chèque", "carte", "virement"),
            tax_sentence=FRANCHISE_OF_TAX,
        ),
        insurance=Insurance(insurer="Assurances du Littoral", policy="AL-778", excess_cents=45000, breakdown_phone="08 00 00 00 99"),
        drivers=("Samira Belkacem-Œuvrard",),
        fuel="à votre charge ; le véhicule se rend avec le même niveau",
        cap_sentence="216 km par semaine de cinq jours travaillés, soit 120 % du trajet domicile–travail",
        deposit=Deposit(
            kind="chèque non encaissé",
            amount_cents=30000,
            received_cents=10000,
            plan=(Due(due_on=date(2026, 4, 1), amount_cents=10000), Due(due_on=date(2026, 5, 1), amount_cents=10000)),
            deferral="accordée par Ivan Delorme : l’emploi commence avant le premier salaire",
            release_on=date(2026, 8, 30),
        ),
        first_meeting="lundi 9 mars 2026 à 10 h, au pôle de Montcaillou",
        waivers=(
            Waiver(
                condition="Contrat de travail de plus d’un mois",
                reason="mission renouvelée chaque semaine",
                granted_by="Ivan Delorme",
                granted_on=date(2026, 3, 1),
            ),
        ),
        signatures=UNSIGNED,
    )
    return replace(contract, **changes)


def make_amie_contract() -> ContractPaper:
    price = Price(
        sentence="Programme AMIE : 0 € le premier mois, puis 46 €, 104 €, 162 € et 220 €.",
        tier="programme de 5 mois",
        months=tuple(STEPS),
        fuel_allowance_cents=6000,
        means=("chèque", "carte", "virement"),
        tax_sentence=FRANCHISE_OF_TAX,
    )
    hirer = Hirer(name="Locations du Plateau", address="1 route des Forges, 08990 Hautbois")
    boxes = (Signature(capacity="Le loueur", full_name="Locations du Plateau"), UNSIGNED[1])
    return make_contract(
        price=price,
        hirer=hirer,
        ends_at=datetime(2026, 8, 1, 15, 0, tzinfo=UTC),
        longest_on=None,
        fuel="couvert le premier mois pour aller travailler, à votre charge ensuite",
        cap_sentence=None,
        signatures=boxes,
        waivers=(),
    )


def make_condition_report(**changes: Any) -> ConditionReportPaper:
    report = ConditionReportPaper(
        platform=PLATFORM,
        number="E-2026-0081",
        done_at=MORNING,
        is_return=True,
        contract_number="C-2026-0042",
        person=SAMIRA,
        vehicle=replace(CAR, odometer_km=49030),
        left_with_km=48210,
        driven_km=820,
        energy="réservoir aux trois quarts",
        checks=(
            Checked(part="Pare-chocs avant", state="bon"),
            Checked(part="Portière droite", state="rayée", note="dix centimètres, au bas", is_new=True),
            Checked(part="Pneus", state="bons", note="pression faite"),
        ),
        checklist=(("Clés", "fait"), ("Gilet et triangle", "manquant"), ("Véhicule propre", "non vérifié")),
        marks=(
            Marked(words="Rayure, arrière", note="quelques centimètres", x=880, y=470),
            Marked(words="Choc, côté gauche", is_new=True, x=560, y=160),
            Marked(words="Usure, pneus"),
        ),
        pictures=(Picture(caption="Choc, côté gauche", jpeg=b64encode(make_picture()).decode(), width=240, height=180),),
        photos=6,
        remark="Le voyant d’huile s’est allumé deux fois sur l’autoroute.",
        signatures=SIGNED,
    )
    return replace(report, **changes)


def make_assessment(**changes: Any) -> AssessmentPaper:
    rows = [
        ("Pratiques et moyens actuels", "Se déplace à pied et avec des proches", 75, 50),
        ("Permis et droits", "Permis B depuis trois ans", 100, 100),
        ("Repérage et transports", "Lit un plan, n’ose pas encore les correspondances", 67, 33),
        ("Deux-roues et route", "À l’aise à vélo en ville", 58, 42),
        ("Langue et lecture", "Lit le français courant", 92, 83),
        ("Numérique", "Téléphone, sans forfait de données", 50, 42),
        ("Budget et papiers", "Un dossier en attente", 67, 25),
        ("Contraintes", "Deux enfants, horaires décalés", 42, 42),
    ]
    counted = tuple(Dimension(label=label, words=words, percent=now, entry_percent=before) for label, words, now, before in rows)
    declared = (Dimension(label="Confiance", words="Souhaite être accompagnée au premier trajet", percent=None),)
    assessment = AssessmentPaper(
        platform=PLATFORM,
        number="B-2026-0017",
        dated_at=MORNING,
        held_on=MORNING.date(),
        valid_until=date(2026, 9, 2),
        situation="CDD de 6 mois ou plus, Aubagne, à 18 km du domicile",
        objective="Un emploi ; une voiture",
        progress="17 points gagnés",
        proof="https://mobilite.example.org/p/essai/genuine/B-2026-0017/0123456789abcdef0123456789abcdef",
        moment="de sortie",
        person=SAMIRA,
        adviser="Ivan Delorme",
        grid="Grille de la plateforme, version 1",
        dimensions=counted + declared,
        potential=69,
        entry_potential=52,
        opens=("Vélo et vélo à assistance électrique", "Voiture, après une heure d’évaluation de conduite"),
        signatures=UNSIGNED,
    )
    return replace(assessment, **changes)


def make_receipt(**changes: Any) -> ReceiptPaper:
    receipt = ReceiptPaper(
        platform=PLATFORM,
        number="R-000123",
        received_at=MORNING,
        person=SAMIRA,
        lines=(PaidLine(label="Voiture à 5 €, demi-tarif quartier prioritaire, 7 jours : 17,50 €", amount_cents=1750),),
        total_cents=1750,
        means="en espèces",
        declaration="Déclare ne pas avoir de compte bancaire, le 2 mars 2026",
        left_cents=500,
        tax_sentence=FRANCHISE_OF_TAX,
        received_by="Ivan Delorme",
    )
    return replace(receipt, **changes)


def make_note(**changes: Any) -> NotePaper:
    note = NotePaper(
        platform=PLATFORM,
        number="N-2026-0007",
        issued_at=MORNING,
        person=SAMIRA,
        sentence="Voiture à 5 €, gratuite jusqu’à mercredi (RSA), 3 jours à 0 € et 8 jours à 5 € : 40 €.",
        lines=(
            NoteLine(label="Voiture, RSA : gratuit", quantity="3 jours", unit_cents=0, amount_cents=0),
            NoteLine(label="Voiture, tarif de base", quantity="8 jours", unit_cents=500, amount_cents=4000),
        ),
        total_cents=4000,
        due_on=date(2026, 3, 16),
        means=("par carte, sur votre téléphone", "par virement, avec la référence N-2026-0007"),
        tax_sentence=FRANCHISE_OF_TAX,
    )
    return replace(note, **changes)


def make_schedule(**changes: Any) -> SchedulePaper:
    schedule = SchedulePaper(
        platform=PLATFORM,
        number="P-2026-0003",
        issued_at=MORNING,
        person=SAMIRA,
        sentence="0 € le premier mois, puis 46 €, 104 €, 162 € et 220 € : presque la mensualité d’un microcrédit.",
        months=tuple(STEPS),
        total_cents=53200,
        loan_sentence="Un microcrédit de 5 000 € sur 24 mois à 5 % l’an coûte 219,36 € par mois. Nous le préparons ensemble.",
        fuel_allowance_cents=6000,
    )
    return replace(schedule, **changes)


def make_deposit_receipt(**changes: Any) -> DepositReceiptPaper:
    receipt = DepositReceiptPaper(
        platform=PLATFORM,
        number="D-000045",
        received_at=MORNING,
        person=SAMIRA,
        contract_number="C-2026-0042",
        vehicle="Voiture, Clio grise n° 4",
        kind="chèque non encaissé",
        means="remis en main propre",
        agreed_cents=30000,
        received_cents=10000,
        left_cents=20000,
        plan=(Due(due_on=date(2026, 4, 1), amount_cents=10000), Due(due_on=date(2026, 5, 1), amount_cents=10000)),
        release_sentence="Elle vous est rendue le 30 août 2026 au plus tard, le temps que les amendes éventuelles nous parviennent.",
        received_by="Ivan Delorme",
        signatures=UNSIGNED,
    )
    return replace(receipt, **changes)


def make_liaison_form(**changes: Any) -> LiaisonFormPaper:
    form = LiaisonFormPaper(
        platform=PLATFORM,
        number="L-2026-0311",
        received_at=MORNING,
        structure="Mission locale des Collines",
        referent="Jeanne Aubrac-Martin",
        referent_contact="jeanne@mission.example.org, 04 00 00 00 31",
        person=SAMIRA,
        need="Aller travailler à 18 km, avec une prise de poste à 5 h, sans bus à cette heure.",
        situation=(Fact(label="Revenu", value="RSA"), Fact(label="Permis", value="B, depuis 2021")),
        job=(Fact(label="Contrat", value="CDD de six mois"), Fact(label="Lieu", value="zone des Forges")),
        job_starts_on=date(2026, 3, 9),
        agreed=(Fact(label="Transmission à la plateforme", value="donné le 2 mars 2026"),),
        status="La plateforme l’a acceptée.",
        answer="Nous proposons une voiture pour un mois ; le rendez-vous d’entrée a lieu le 4 mars.",
    )
    return replace(form, **changes)


def make_access_letter(**changes: Any) -> AccessLetterPaper:
    letter = AccessLetterPaper(
        platform=PLATFORM,
        number="A-2026-0205",
        issued_at=MORNING,
        person=SAMIRA,
        identifier="samira-4821",
        code="K7PM-3XQF",
        address="https://collines.example.org/p/collines/entrer",
        valid_until_at=datetime(2026, 3, 16, 17, 0, tzinfo=UTC),
        adviser="Ivan Delorme",
        adviser_phone="04 00 00 00 10",
    )
    return replace(letter, **changes)


def make_microcredit() -> MicrocreditPaper:
    """The file of Samira for a lender, with facts and a table."""
    born = Fact(label="Date de naissance", value="1er juillet 1994")
    paid = Fact(label="Mois 2, du 2 avril 2026 au 1er mai 2026", value="46 €, payé à temps")
    parts = (Part(title="Qui je suis", facts=(born,)), Part(title="Mes paiements", rows=(paid,)))
    told = {"number": "MC-2026-0042", "written_at": MORNING, "agreed_at": MORNING, "full_name": SAMIRA.full_name}
    return MicrocreditPaper(platform=PLATFORM, loan="Un prêt est demandé : 4 500 € sur 36 mois à 4 %.", parts=parts, **told)
