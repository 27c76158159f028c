"""What a reader sees: the spaces of French print, and figures as they are said."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from jinja2.utils import urlize
from markupsafe import Markup

from mobility.web import filters

WIDE, NARROW = filters.WIDE, filters.NARROW


@pytest.mark.parametrize(
    ("plain", "bound", "reason"),
    [
        ("7 jours : 17,50 €", f"7 jours{WIDE}: 17,50{WIDE}€", "colon and euro"),
        ("Prêt ?", f"Prêt{NARROW}?", "the question mark takes the narrow one"),
        ("« oui »", f"«{WIDE}oui{WIDE}»", "both guillemets"),
        ("12 480 km", f"12{WIDE}480{WIDE}km", "thousands and their unit"),
        ("04 00 00 12 34", WIDE.join(["04", "00", "00", "12", "34"]), "a telephone number stays on one line, readable"),
        ("1er mars", f"1er{WIDE}mars", "a day stays with its month"),
        ("reçu n° 118", f"reçu n°{WIDE}118", "a number stays with its sign"),
        ("<b> & co", "&lt;b&gt; &amp; co", "text is escaped"),
        ("deux mots", "deux mots", "other spaces stay breakable"),
    ],
)
def test_nb_binds_what_must_not_part(plain: str, bound: str, reason: str) -> None:
    assert filters.nb(plain) == Markup(bound), reason


@pytest.mark.parametrize(
    ("words", "kept", "reason"),
    [
        ("Citadine 1, AB-123-CD", "Citadine 1, {AB-123-CD}", "a plate"),
        ("B-2026-0012 et P-00001", "{B-2026-0012} et {P-00001}", "each number"),
        ("1234-AB-56", "{1234-AB-56}", "an old plate"),
        ("Jean-Marc, A-B, porte-à-porte", "Jean-Marc, A-B, porte-à-porte", "words and letters part as they like"),
        ("<b>AB-123-CD", "&lt;b&gt;{AB-123-CD}", "text is escaped"),
    ],
)
def test_a_plate_and_a_number_stay_on_one_line(words: str, kept: str, reason: str) -> None:
    said = kept.replace("{", '<span class="nowrap">').replace("}", "</span>")
    assert filters.whole(words) == Markup(f"<span>{said}</span>" if "{" in kept else said), reason


def test_nb_leaves_markup_as_markup() -> None:
    assert filters.nb(Markup("<b>5 €</b>")) == Markup(f"<b>5{WIDE}€</b>")


@pytest.mark.parametrize(
    ("value", "said", "reason"),
    [
        (12480, f"12{WIDE}480{WIDE}km", "whole kilometres have no comma"),
        (Decimal("26.42"), f"26,4{WIDE}km", "rounded to the tenth"),
        (Decimal("26.95"), f"27{WIDE}km", "a tenth that rounds away is not shown"),
        (Decimal("-3.5"), f"−3,5{WIDE}km", "a true minus sign"),
        (Decimal("1234.5"), f"1{WIDE}234,5{WIDE}km", "both separators"),
    ],
)
def test_km(value: int | Decimal, said: str, reason: str) -> None:
    assert filters.km(value) == said, reason


def test_tenths_of_a_kilometre() -> None:
    assert filters.km_tenths(264) == f"26,4{WIDE}km"


def test_days_and_moments() -> None:
    assert filters.day(date(2026, 3, 1)) == f"1er{WIDE}mars 2026"
    assert filters.weekday(date(2026, 3, 2)) == f"lundi 2{WIDE}mars 2026"
    assert filters.moment(datetime(2026, 3, 2, 8, 5, tzinfo=UTC)) == f"lundi 2{WIDE}mars 2026 à 9{WIDE}h{WIDE}05"


def test_an_instant_is_not_a_day() -> None:
    with pytest.raises(TypeError):
        filters.day(datetime(2026, 3, 1, tzinfo=UTC))


def test_no_tag_is_touched_where_a_heading_is_kept_whole() -> None:
    shown = Markup('<h1><a href="/x?q=R-2026-0013">R-2026-0013</a></h1>')
    assert filters.all_whole(shown) == Markup('<h1><a href="/x?q=R-2026-0013"><span class="nowrap">R-2026-0013</span></a></h1>')


@pytest.mark.parametrize(
    "words",
    [
        "Bonjour, voyez http://a.example.org/x?y=1&z=2. Écrivez à <ici@example.org>, ou www.example.org (mailto:la@example.org).",
        "Rendez-vous à 9.30, l’eau & le « pain » : 3,5 km\n\nhttps://127.0.0.1:8000/p/x/lien.\n",
    ],
)
def test_what_leads_somewhere_is_a_link_and_the_rest_as_written(words: str) -> None:
    assert "<a " in filters.links(words)
    assert filters.links(words) == urlize(words, rel="noopener")
