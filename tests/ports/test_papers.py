"""Every paper states what it must, reads aloud, and comes out the same twice, whatever a name is written with."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from assessments.documents.assessment import assessment_pdf
from assessments.documents.booklet import booklet_pdf
from billing.documents.deposit_receipt import deposit_receipt_pdf
from billing.documents.hire import hire_pdf
from billing.documents.note import note_pdf
from billing.documents.receipt import receipt_pdf
from billing.documents.schedule import schedule_pdf
from fleet.documents.condition_report import condition_report_pdf
from fleet.documents.contract import contract_pdf
from fleet.documents.microcredit import microcredit_pdf
from mobility.documents import render
from mobility.documents.access_letter import access_letter_pdf
from mobility.documents.attendance import attestation_pdf, sheet_pdf
from mobility.documents.liaison_form import liaison_form_pdf
from mobility.documents.papers import Signature
from tests.ports import make_papers as make
from tests.ports.make_attendance import make_attestation, make_sheet
from tests.ports.make_booklet import make_booklet
from tests.ports.make_hires import make_hire_paper
from tests.ports.read_pdf import accessibility_part, root, tags, words

PAPERS: dict[str, tuple[Callable[..., Any], Callable[[Any], bytes]]] = {
    "contract": (make.make_contract, contract_pdf),
    "contract of an AMIE programme": (make.make_amie_contract, contract_pdf),
    "condition report": (make.make_condition_report, condition_report_pdf),
    "assessment": (make.make_assessment, assessment_pdf),
    "booklet": (make_booklet, booklet_pdf),
    "receipt": (make.make_receipt, receipt_pdf),
    "note": (make.make_note, note_pdf),
    "schedule": (make.make_schedule, schedule_pdf),
    "order to a hirer": (make_hire_paper, hire_pdf),
    "deposit receipt": (make.make_deposit_receipt, deposit_receipt_pdf),
    "liaison form": (make.make_liaison_form, liaison_form_pdf),
    "microcredit": (make.make_microcredit, microcredit_pdf),
    "attestation": (make_attestation, attestation_pdf),
    "attendance sheet": (make_sheet, sheet_pdf),
    "access letter": (make.make_access_letter, access_letter_pdf),
}
every_paper = pytest.mark.parametrize(("made", "pdf_of"), PAPERS.values(), ids=PAPERS)


@every_paper
def test_a_paper_is_accessible_french_and_the_same_twice(made: Callable[[], Any], pdf_of: Callable[[Any], bytes]) -> None:
    pdf = pdf_of(made())
    assert pdf == pdf_of(made())
    assert accessibility_part(pdf) == "1"
    assert root(pdf)["/Lang"].startswith("fr")
    assert root(pdf)["/MarkInfo"]["/Marked"]


@every_paper
def test_a_paper_says_who_writes_and_to_whom(made: Callable[[], Any], pdf_of: Callable[[Any], bytes]) -> None:
    text = words(pdf_of(made()))
    for said in (
        "Mobilité des Collines",
        "12 rue des Tilleuls",
        "SIRET 000 000 000 00010",
        "Samira Belkacem-Œuvrard",
        "page 1 sur",
        "2 mars 2026",
    ):
        assert said in text


@pytest.mark.parametrize(
    "said",
    [
        "Contrat de mise à disposition C-2026-0042",
        "Voiture, Clio grise n° 4",
        "AA-000-AA",
        "48 210 km",
        "Du lundi 2 mars 2026 à 9 h 05",
        "Au lundi 30 mars 2026 à 17 h 00",
        "jusqu’au 30 mai 2026 au plus tard",
        "Voiture à 5 €, demi-tarif quartier prioritaire, 28 jours : 70 €.",
        "quartier prioritaire : moitié prix",
        "chèque, carte, virement",
        "TVA non applicable",
        "Assurances du Littoral, contrat AL-778",
        "450 € au plus restent à votre charge",
        "08 00 00 00 99",
        "Qui peut conduire Samira Belkacem-Œuvrard",
        "le véhicule se rend avec le même niveau",
        "216 km par semaine",
        "jamais coupé automatiquement",
        "300 €, chèque non encaissé",
        "100 € le 1er avril 2026, 100 € le 1er mai 2026",
        "l’emploi commence avant le premier salaire",
        "le 30 août 2026 au plus tard",
        "chaque semaine",
        "lundi 9 mars 2026 à 10 h",
        "Tant que le véhicule n’est pas rendu",
        "45 jours",
        "mission renouvelée chaque semaine",
        "Vos données",
        "lu et approuvé",
    ],
)
def test_the_contract_states(said: str) -> None:
    assert said in words(contract_pdf(make.make_contract()))


@pytest.mark.parametrize(
    "said",
    [
        "Le loueur Locations du Plateau",
        "Garante, non signataire Mobilité des Collines",
        "1 du 2 mars 2026 au 1er avril 2026 location, carburant pour aller travailler, assurance 0 €",
        "5 du 2 juillet 2026 au 1er août 2026 assurance 220 €",
        "sur justificatifs, jusqu’à 60 €",
        "pas de plafond",
    ],
)
def test_the_contract_of_an_amie_programme_states(said: str) -> None:
    assert said in words(contract_pdf(make.make_amie_contract()))


@pytest.mark.parametrize(
    ("paper", "said"),
    [
        ("receipt", "Reçu 17,50 € de Samira Belkacem-Œuvrard, en espèces"),
        ("receipt", "Déclare ne pas avoir de compte bancaire"),
        ("receipt", "Reste à payer 5 €"),
        ("note", "Voiture, tarif de base 8 jours 5 € 40 €"),
        ("note", "avant le 16 mars 2026"),
        ("schedule", "Si vous allez au bout 532 €"),
        ("schedule", "219,36 € par mois"),
        ("deposit receipt", "Reste à remettre 200 €"),
        ("deposit receipt", "30 août 2026"),
        ("booklet", "Arriver à l’heure confirmée par Ivan Delorme le 2 février 2026, d’après Conserverie <du> Vallon"),
        ("booklet", "Compétences à vérifier – Rouler à vélo"),
        ("booklet", "Contrat d’insertion, Conserverie <du> Vallon du 1er septembre 2025 au 31 janvier 2026"),
        ("assessment", "69 sur 100, contre 52 à l’entrée (+17)"),
        ("assessment", "Confiance Souhaite être accompagnée au premier trajet"),
        ("condition report", "Nouveau depuis le départ. dix centimètres"),
        ("condition report", "1 Rayure, arrière Déjà là quelques centimètres 2 Choc, côté gauche Nouvelle"),
        ("condition report", "Kilomètres parcourus 820 km"),
        ("condition report", "Clés fait Gilet et triangle manquant Véhicule propre non vérifié"),
        ("liaison form", "Mission locale des Collines"),
        ("liaison form", "Commence le 9 mars 2026"),
        ("access letter", "samira-4821"),
        ("access letter", "K7PM-3XQF"),
    ],
)
def test_a_paper_states(paper: str, said: str) -> None:
    made, pdf_of = PAPERS[paper]
    assert said in words(pdf_of(made()))


def test_tables_have_heads_and_pictures_have_words() -> None:
    schedule = schedule_pdf(make.make_schedule())
    assert {"/Table", "/TH", "/TD", "/H1", "/Figure"} <= set(tags(schedule))
    assert "/Figure" in tags(assessment_pdf(make.make_assessment()))


def test_a_first_assessment_prints_no_entry_column_and_nothing_of_an_authority_it_has_not() -> None:
    first = make.make_assessment(moment="d’entrée", entry_potential=None)
    text = words(assessment_pdf(first))
    assert "d’entrée" in text and ", contre" not in text and "habilité" not in text


def test_a_liaison_form_may_come_before_a_job() -> None:
    assert "Pas encore d’emploi" in words(liaison_form_pdf(make.make_liaison_form(job=(), job_starts_on=None)))


def test_a_signature_on_screen_prints_its_moment_and_a_drawing_is_nothing_but_a_path() -> None:
    assert words(contract_pdf(make.make_contract(signatures=make.SIGNED))).count("Signé sur écran le lundi 2 mars 2026 à 9 h 05") == 2
    with pytest.raises(ValueError, match="path of a drawing"):
        Signature(capacity="Bénéficiaire", full_name="Samira", path="M0 0'/><script>")


@pytest.mark.parametrize("path", ["M", "zzz", "9 9 9", "M0 0 L", "A1 1 0"])
def test_a_broken_drawing_still_gives_a_contract(path: str) -> None:
    drawn = Signature(capacity="Bénéficiaire", full_name="Samira", signed_at=make.MORNING, path=path)
    assert contract_pdf(make.make_contract(signatures=(drawn,))).startswith(b"%PDF")


@pytest.mark.parametrize(
    "name",
    [
        "فاطمة الزهراء",
        "پرویز گلچین ں",
        "Олександр Ґава Їжак",
        "გიორგი ბერიძე",
        "አበበ በቀለ",
        "רבקה",
        "தமிழ்",
        "Nguyễn Thị Ánh",
        "Zoé 😀👩‍🔧🇫🇷",
        "e\u0301loi\u0308se",
    ],
)
def test_a_name_in_any_of_these_scripts_is_printed_whole(name: str) -> None:
    text = words(receipt_pdf(make.make_receipt(person=replace(make.SAMIRA, full_name=name))))
    assert "tient la place" not in text


@pytest.mark.parametrize("name", ["王小明", "ⵎⵓⵃ", "\ue000", "\ud800", "\uffff", "\U0010ffff"])
def test_what_no_font_can_draw_is_replaced_and_said(name: str) -> None:
    text = words(contract_pdf(make.make_contract(person=replace(make.SAMIRA, full_name=f"Li {name}"))))
    assert "Li \ufffd" in text and "Le signe \ufffd tient la place" in text


@pytest.mark.parametrize("name", ["Li\x00la", "Li\x01la", "Li\u202ela", "\ufeffLila", "Li\u00adla"])
def test_marks_that_nobody_sees_are_dropped(name: str) -> None:
    text = words(receipt_pdf(make.make_receipt(person=replace(make.SAMIRA, full_name=name))))
    assert "Lila" in text and "tient la place" not in text


def test_a_contract_comes_out_even_when_our_reading_of_the_fonts_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "printable", lambda text, only=None: text.replace("王", "?") if only else text)
    text = words(contract_pdf(make.make_contract(person=replace(make.SAMIRA, full_name="Li 王"))))
    assert "Li ?" in text


def test_what_is_typed_is_text_and_never_markup() -> None:
    typed = "#panic() *Zoé* $x$ <b> @ref `code` \\ [a]"
    assert typed in words(receipt_pdf(make.make_receipt(person=replace(make.SAMIRA, full_name=typed))))


def test_a_long_name_and_long_words_stay_on_the_page() -> None:
    assert contract_pdf(make.make_contract(drivers=("Z" * 2000,), fuel="mot " * 3000)).startswith(b"%PDF")


def test_a_paper_holds_only_what_can_be_printed() -> None:
    with pytest.raises(TypeError, match="float"):
        render.printed(0.5)
