"""The look holds its own promises: contrast, weight, no inline style, every field with its label and its error."""

import gzip
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from flask import Flask, render_template, render_template_string
from flask.testing import FlaskClient
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined

from mobility.web import assets, filters, summaries
from mobility.web.forms import Form

TOKENS = (assets.STATIC / "css" / "tokens.css").read_text("utf-8")
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")


def palette(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [palette(LIGHT), palette(DARK)], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least", "reason"),
    [
        ("ink", "paper", 7, "reading text"),
        ("ink", "sheet", 7, "reading text on a card"),
        ("ink", "accent-wash", 7, "the next act"),
        ("soft", "paper", 7, "help is read by beneficiaries too"),
        ("soft", "sheet", 7, "help on a card"),
        ("soft", "shade", 4.5, "a locked field"),
        ("accent", "paper", 7, "links of the beneficiary"),
        ("accent", "accent-wash", 4.5, "the eyebrow of the next act"),
        ("on-accent", "accent", 7, "buttons"),
        ("fine", "fine-wash", 7, "a state"),
        ("near", "near-wash", 7, "a state"),
        ("over", "over-wash", 7, "a state"),
        ("waiting", "waiting-wash", 7, "a state"),
        ("over", "paper", 7, "an error beside its field"),
        ("edge", "sheet", 3, "the edge of a field"),
        ("edge", "paper", 3, "the edge of a field"),
        ("amber", "sheet", 3, "the bar near the cap"),
    ],
)
def test_contrast(scheme: dict[str, str], text: str, ground: str, least: float, reason: str) -> None:
    assert contrast(scheme[text], scheme[ground]) >= least, reason


@pytest.fixture
def client() -> Iterator[FlaskClient]:
    app = Flask("look", root_path=str(assets.STATIC.parent), static_folder=None)
    app.config.update(SECRET_KEY="not a secret", TESTING=True)
    app.jinja_env.undefined = StrictUndefined
    CSRFProtect(app)
    assets.register(app)
    filters.register(app)
    summaries.register(app)
    app.add_url_rule("/style", "style", lambda: render_template("layout/style.html"))
    with app.test_client() as client:
        yield client


def test_assets_are_packed_and_kept_for_ever(client: FlaskClient) -> None:
    sheet = assets.build()["app.css"]
    answer = client.get(sheet.path, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(answer.data) == sheet.body
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"].startswith("text/css")
    assert client.get(sheet.path).data == sheet.body
    assert client.head(sheet.path).data == b""
    assert client.get(sheet.path, headers={"If-None-Match": client.get(sheet.path).headers["ETag"]}).status_code == 304


def test_other_paths_and_methods_go_through(client: FlaskClient) -> None:
    assert client.post(assets.build()["app.css"].path).status_code == 404
    assert client.get("/static/app.000000000000.css").status_code == 404


def test_the_first_page_is_light() -> None:
    made = assets.build()
    assert len(made["app.css"].body) < 25_000
    assert sum(len(made[name].packed) for name in ("app.css", "page.js", "icons.svg", "logo.svg")) < 30_000


def test_an_icon_outside_the_list_is_refused(client: FlaskClient) -> None:
    with pytest.raises(LookupError, match=r"icons\.txt"):
        client.application.jinja_env.globals["icon_href"]("0-circle")


def test_the_sheet_keeps_its_sense_when_made_small() -> None:
    sheet = "/* why */\na :hover , b { color : red; width: calc(1px + 2px);\n}\n@media (min-width: 4rem) { a { x: y } }"
    assert assets.minify_css(sheet) == "a :hover,b{color : red;width:calc(1px + 2px)}@media (min-width:4rem){a{x:y}}"


class Page(HTMLParser):
    """The tags of a page with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, attribute: str) -> list[str]:
        return [said for _, attributes in self.tags if (said := attributes.get(attribute))]


def test_the_style_page_is_sound(client: FlaskClient) -> None:
    answer = client.get("/style")
    assert answer.status_code == 200
    page = Page(answer.text)
    ids = page.values("id")
    assert len(ids) == len(set(ids)), "an id is given twice"
    assert not page.values("style"), "the policy forbids inline style"
    assert all("src" in attributes for tag, attributes in page.tags if tag == "script"), "the policy forbids inline scripts"
    pointed = [
        name for attribute in ("for", "aria-labelledby", "aria-describedby") for said in page.values(attribute) for name in said.split()
    ]
    assert set(pointed) <= set(ids)


def test_a_refused_field_keeps_what_was_typed_and_says_why(client: FlaskClient) -> None:
    text = client.get("/style").text
    field = re.search(r'<input[^>]*id="refused-paid_cents"[^>]*>', text)
    assert field is not None
    assert 'aria-invalid="true"' in field[0] and 'value="17,5O"' in field[0]
    assert re.search(r'aria-describedby="\s*refused-paid_cents-error"', field[0])
    assert '<a href="#refused-paid_cents">' in text
    assert re.search(r'value="car" checked', text)


def render(client: FlaskClient, source: str, form: Form) -> str:
    with client.application.test_request_context():
        return render_template_string('{% import "macros/forms.html" as f %}' + source, form=form)


@pytest.mark.parametrize(
    ("typed", "reason"), [("belt", "one ticked box"), (["belt", "lock"], "several"), ([2, "belt"], "values of a record")]
)
def test_ticked_boxes_stay_ticked(client: FlaskClient, typed: object, reason: str) -> None:
    text = render(
        client, "{{ f.checks(form, 'tools', 'Équipement', [('belt', 'Gilet'), ('elt', 'Autre')]) }}", Form(values={"tools": typed})
    )
    assert 'value="belt" checked' in text, reason
    assert 'value="elt" checked' not in text, reason


def test_nothing_known_is_shown_as_nothing(client: FlaskClient) -> None:
    assert 'value=""' in render(client, "{{ f.text(form, 'name', 'Prénom') }}", Form(values={"name": None}))


PAGE = """{% extends "layout/base.html" %}{% import "macros/forms.html" as f %}{% block title %}Essai{% endblock %}
{% block content %}{{ f.errors_summary(form) }}{{ f.text(form, "vehicle", "Véhicule") }}{{ f.day(form, "born", "Date de naissance") }}
{{ f.radios(form, "kind", "Quel véhicule ?", [("car", "Voiture")]) }}{{ f.check(form, "agreed", "Elle a lu la charte.") }}{% endblock %}"""
NEEDED = "Cette réponse est nécessaire."


def drawn(client: FlaskClient, form: Form) -> str:
    with client.application.test_request_context():
        return render_template_string(PAGE, form=form).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_summary_names_each_field_above_the_form_and_links_to_it(client: FlaskClient) -> None:
    text = drawn(client, Form(errors=dict.fromkeys(("born", "kind", "agreed"), NEEDED)))
    assert '<a href="#f-born">Date de naissance : cette réponse est nécessaire.</a>' in text
    assert '<a href="#f-kind">Quel véhicule ? Cette réponse est nécessaire.</a>' in text
    assert '<a href="#f-agreed">Elle a lu la charte : cette réponse est nécessaire.</a>' in text
    assert text.index("#f-born") < text.index('id="f-born"'), "the summary stands first"
    for name in ("born", "kind", "agreed"):
        assert f'aria-describedby="f-{name}-error"' in text and f'id="f-{name}-error"' in text


def test_the_summary_follows_the_order_of_the_page(client: FlaskClient) -> None:
    text = drawn(client, Form(errors=dict.fromkeys(("agreed", "born", "vehicle"), NEEDED)))
    assert text.index('href="#f-vehicle"') < text.index('href="#f-born"') < text.index('href="#f-agreed"')


def test_the_summary_says_each_thing_once_and_links_to_fields_of_the_page_only(client: FlaskClient) -> None:
    taken = "Ce véhicule est pris."
    text = drawn(client, Form(errors={"vehicle": taken, "_schema": "Relisez.", "elsewhere": "Manque."}, sentence=taken))
    summary = text[text.index('class="errors"') : text.index('<div class="field')]
    assert summary.count("éhicule est pris.") == 1
    assert '<a href="#f-vehicle">Véhicule : ce véhicule est pris.</a>' in summary
    assert "Relisez." in summary and "Manque." in summary and "#f-_schema" not in summary and "#f-elsewhere" not in summary
    assert 'class="errors"' not in drawn(client, Form())


def test_what_was_typed_cannot_stand_in_a_summarys_place(client: FlaskClient) -> None:
    text = drawn(client, Form(values={"vehicle": "<!--summary 0-->"}, errors={"vehicle": NEEDED}))
    assert text.count('class="errors"') == 1
    assert 'value="&lt;!--summary 0--&gt;"' in text


@pytest.mark.parametrize("status", [400, 403, 404, 409, 418, 422, 500, 503])
def test_an_error_page_has_its_heading_and_a_way_on(client: FlaskClient, status: int) -> None:
    with client.application.test_request_context():
        text = render_template("layout/error.html", status=status, sentence="Voici pourquoi.", fields={"day": "Pas ce jour-là."})
    heading = re.search(r"<h1>(.+)</h1>", text)
    assert heading and heading[1].strip()
    assert "Voici pourquoi." in text and "Pas ce jour-là." in text and 'href="/"' in text
