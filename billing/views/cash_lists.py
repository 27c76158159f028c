"""The lists of cash: drawers closed, and what was taken to the bank."""

from functools import partial

from flask import url_for

from billing.models import Banking
from billing.queries.drawer import CLOSED_BY, CLOSING, OPENING, read_drawer
from mobility.cells import Euros, Said
from mobility.listing import Column, Filter, Listing
from mobility.lists import period_filters
from mobility.models import Account
from mobility.web.fields import Choice

PLACES = {"way": "en chemin", "bank": "à la banque"}

DRAWERS = Listing(
    name="caisses",
    title="Caisses fermées",
    columns=[
        Column("number", "Caisse n°", lambda line: line.number, [CLOSING.number], lambda line: url_for("drawer.paper", number=line.number)),
        Column("opened", "Ouverte", lambda line: line.opening.at, [OPENING.at]),
        Column("closed", "Fermée", lambda line: line.closing.at, [CLOSING.at]),
        Column("by", "Par", lambda line: line.closed_by, [CLOSED_BY.name]),
        Column("expected", "Attendu", lambda line: Euros(line.closing.expected_cents), [CLOSING.expected_cents], number=True),
        Column("counted", "Compté", lambda line: Euros(line.closing.counted_cents), [CLOSING.counted_cents], number=True),
        Column(
            "difference",
            "Écart",
            lambda line: Euros(line.difference_cents),
            [CLOSING.counted_cents - CLOSING.expected_cents],
            number=True,
        ),
        Column("reason", "Pourquoi", lambda line: line.closing.reason),
    ],
    filters=period_filters(CLOSING.at, "Fermée depuis le"),
    sort="-number",
    tie=OPENING.id,
    read=read_drawer,
)
BANKINGS = Listing(
    name="remises",
    title="Remises en banque",
    columns=[
        Column(
            "number",
            "Remise n°",
            lambda row: row[0].number,
            [Banking.number],
            lambda row: None if row[0].made_entry else url_for("cheques.slip", number=row[0].number),
        ),
        Column("what", "Quoi", lambda row: "Espèces" if row[0].made_entry else "Chèques"),
        Column("made", "Préparée", lambda row: row[0].made_at, [Banking.made_at]),
        Column("by", "Par", lambda row: row[1], [Account.name]),
        Column("cents", "Montant", lambda row: Euros(row[0].cents), [Banking.cents], number=True),
        Column("place", "État", lambda row: Said("à la banque", "fine") if row[0].banked_on else Said("en chemin", "waiting")),
        Column("banked", "Créditée le", lambda row: row[0].banked_on, [Banking.banked_on]),
    ],
    filters=[
        Filter(
            "place",
            "Où",
            partial(Choice, PLACES),
            lambda q, place: q.filter(Banking.banked_on.is_(None) if place == "way" else Banking.banked_on.is_not(None)),
            lambda: list(PLACES.items()),
            every="Toutes",
        )
    ],
    sort="-number",
    tie=Banking.id,
    amount=Banking.cents,
)
