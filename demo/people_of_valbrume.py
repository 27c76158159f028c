"""Who comes to Valbrume, and how far each is today."""

from datetime import time

from demo import beginnings as begin
from demo import purchases, rentals
from demo.cast import Part, Person

PORT, AUBAGNE, CASSIS = ("La Ciotat", "13600"), ("Aubagne", "13400"), ("Cassis", "13260")
CEYRESTE, GEMENOS, ROQUEVAIRE = ("Ceyreste", "13600"), ("Gémenos", "13420"), ("Roquevaire", "13360")

PARTS = (
    Part(
        who=Person(
            first_name="Ysoline", last_name="Carvanel", sex="F", age=24, home=CASSIS, contact_by="sms", licence="none", wish="ebike"
        ),
        story=begin.waiting,
        told={"days_ago": 1},
    ),
    Part(
        who=Person(
            first_name="Bastien", last_name="Ouvrelay", sex="M", age=37, home=GEMENOS, contact_by="mail", employer="Verrerie du Pin Bleu"
        ),
        story=begin.waiting,
        told={"days_ago": 9},
    ),
    Part(
        who=Person(first_name="Mirza", last_name="Tandoret", sex="F", age=45, home=PORT, motive="job_search", rsa=True),
        story=begin.waiting,
        told={"days_ago": 4, "job": False},
    ),
    Part(
        who=Person(
            first_name="Côme",
            last_name="Bellaverne",
            sex="M",
            age=20,
            home=AUBAGNE,
            licence="AM",
            wish="scooter",
            motive="training",
            situations=("cej",),
        ),
        story=begin.invited,
        told={"days_ago": 5, "in_days": 0},
    ),
    Part(
        who=Person(first_name="Wassila", last_name="Mercadou", sex="F", age=31, home=CEYRESTE, qpv=True),
        story=begin.invited,
        told={"days_ago": 3, "in_days": 2},
    ),
    Part(
        who=Person(first_name="Firmin", last_name="Drouvenel", sex="M", age=52, home=ROQUEVAIRE),
        story=begin.on_the_list,
        told={"story": begin.met, "told": {"days_ago": 8}, "wish": {"work_from": time(8, 30), "work_to": time(17), "with_children": True}},
    ),
    Part(
        who=Person(first_name="Anouk", last_name="Sabliérat", sex="F", age=29, home=PORT, licence="none", wish="transport"),
        story=begin.redirected,
        told={"days_ago": 22, "other_offer": "accompanied"},
    ),
    Part(
        who=Person(first_name="Lazare", last_name="Pontivel", sex="M", age=34, home=AUBAGNE),
        story=begin.refused,
        told={"days_ago": 30, "reason": "out_of_territory", "other_offer": "other_platform"},
    ),
    Part(
        who=Person(first_name="Djenna", last_name="Rocaverde", sex="F", age=27, home=GEMENOS, employer="Résidence des Amandiers Clairs"),
        story=begin.on_the_list,
        told={"story": begin.accepted, "told": {"begins": 3}, "wish": {"work_from": time(5), "work_to": time(13)}},
    ),
    Part(
        who=Person(first_name="Octave", last_name="Lumérian", sex="M", age=41, home=CASSIS, rsa=True, licence="none", wish="bike"),
        story=begin.assessed,
        told={"begins": 5},
    ),
    Part(
        who=Person(first_name="Perrine", last_name="Vautignac", sex="F", age=23, home=AUBAGNE, situations=("aah",)),
        story=begin.trying,
        told={"begins": 2},
        terms={"vehicle": 4},
    ),
    Part(
        who=Person(first_name="Soumaya", last_name="Grandlieu", sex="F", age=36, home=PORT, qpv=True, contact_by="mail"),
        story=begin.booked,
        told={"begins": 0},
        terms={"vehicle": 5, "deposit": "deferred"},
    ),
    Part(
        who=Person(first_name="Elouan", last_name="Castérane", sex="M", age=26, home=AUBAGNE, employer="Boulangerie du Four Carré"),
        story=rentals.out,
        told={"begins": -21},
        terms={"vehicle": 0, "weeks": 4},
    ),
    Part(
        who=Person(first_name="Fatou", last_name="Beaurivel", sex="F", age=33, home=PORT, qpv=True, district="QN01334M", contact_by="sms"),
        story=rentals.out,
        told={"begins": -35, "pays": None, "scratch_in_week": 3},
        terms={"vehicle": 1, "deposit": "deferred"},
    ),
    Part(
        who=Person(first_name="Gwenaël", last_name="Sorgevin", sex="M", age=48, home=ROQUEVAIRE, employer="Carrière des Ocres"),
        story=rentals.out,
        told={"begins": -14, "drives": 1.3, "pays": "cheque"},
        terms={"vehicle": 2},
    ),
    Part(
        who=Person(first_name="Leïla", last_name="Montclarain", sex="F", age=22, home=CASSIS, rsa=True, licence="AM", wish="scooter"),
        story=rentals.out,
        told={"begins": -28, "drives": 0.7},
        terms={"kind": "scooter"},
    ),
    Part(
        who=Person(
            first_name="Théodule", last_name="Vergerin", sex="M", age=57, home=PORT, licence="none", wish="ebike", one_way_tenths=46
        ),
        story=rentals.rescued,
        told={"begins": -18, "at": -5, "other": 2, "pays": "cash"},
        terms={"kind": "ebike", "weeks": 2},
    ),
    Part(
        who=Person(
            first_name="Noémie", last_name="Falgaroux", sex="F", age=30, home=GEMENOS, employer="Transports du Vallon", contact_by="mail"
        ),
        story=purchases.buying,
        told={"begins": -70},
        terms={"vehicle": 3, "programme": "amie", "weeks": 21},
    ),
    Part(
        who=Person(first_name="Adama", last_name="Pressoir", sex="M", age=28, home=AUBAGNE, employer="Pépinière de Claire-Fontaine"),
        story=rentals.returned,
        told={"begins": -110, "ends": -54, "reason": "own_vehicle", "job_kind": "permanent", "lasting_solution": "own_car"},
        terms={"vehicle": 1},
    ),
    Part(
        who=Person(
            first_name="Blandine", last_name="Orcival-Rey", sex="F", age=39, home=CEYRESTE, licence="none", wish="bike", one_way_tenths=38
        ),
        story=rentals.returned,
        told={
            "begins": -60,
            "ends": -10,
            "reason": "end_of_term",
            "job_kind": "fixed_long",
            "lasting_solution": "own_two_wheeler",
            "pays": None,
        },
        terms={"kind": "bike"},
    ),
    Part(
        who=Person(
            first_name="Capucine", last_name="Vallorgues", sex="F", age=35, home=AUBAGNE, licence="none", wish="ebike", one_way_tenths=42
        ),
        story=begin.proposed,
        told={"begins": 6},
        terms={"kind": "ebike"},
    ),
    Part(
        who=Person(
            first_name="Isaure",
            last_name="Montbrelle",
            sex="F",
            age=31,
            home=AUBAGNE,
            employer="Conserverie du Vallon Blanc",
            contact_by="sms",
        ),
        story=rentals.shared,
        told={"begins": -5, "drives_km": 27},
        terms={"vehicle": 6, "weeks": 4, "pattern": "1234567 05:00-14:00 12345 14:00-23:00", "hour": 9, "deposit": "deferred"},
    ),
    Part(
        who=Person(
            first_name="Honorin",
            last_name="Racimel",
            sex="M",
            age=26,
            home=AUBAGNE,
            employer="Conserverie du Vallon Blanc",
            contact_by="sms",
        ),
        story=rentals.shared,
        told={"begins": -5, "drives_km": 29},
        terms={"vehicle": 6, "weeks": 4, "pattern": "1234567 14:00-23:00 12345 05:00-14:00", "hour": 15, "deposit": "deferred"},
    ),
    Part(
        who=Person(first_name="Sidonie", last_name="Arquevaux", sex="F", age=44, home=PORT, licence="none", wish="bike", one_way_tenths=31),
        story=rentals.again,
        told={"begins": -30, "ends": -3, "from_day": 2, "reason": "end_of_term", "job_kind": "temporary", "lasting_solution": "none"},
        terms={"kind": "bike", "vehicle": 1, "weeks": 4},
    ),
    Part(
        who=Person(first_name="Maïlys", last_name="Corbessac", sex="F", age=25, home=PORT, licence="none", wish="bike", one_way_tenths=27),
        story=begin.short,
        told={"begins": 1, "days": 3},
        terms={"kind": "bike"},
    ),
)
