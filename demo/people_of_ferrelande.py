"""Who comes to Ferrelande, and how far each is today."""

from demo import beginnings as begin
from demo import rentals
from demo.cast import Part, Person

FORGES, AURIOL, FUVEAU = ("Gardanne", "13120"), ("Auriol", "13390"), ("Fuveau", "13710")
GREASQUE, MIMET, PEYPIN = ("Gréasque", "13850"), ("Mimet", "13105"), ("Peypin", "13124")

PARTS = (
    Part(
        who=Person(first_name="Rozenn", last_name="Caillavet-Dru", sex="F", age=35, home=MIMET, employer="Fonderie Larquebin"),
        story=begin.waiting,
        told={"days_ago": 2},
    ),
    Part(
        who=Person(first_name="Saturnin", last_name="Bréchevol", sex="M", age=61, home=FORGES, motive="keep_job", contact_by="structure"),
        story=begin.waiting,
        told={"days_ago": 13},
    ),
    Part(
        who=Person(
            first_name="Ilyana", last_name="Courtevoie", sex="F", age=19, home=PEYPIN, licence="AM", wish="moped", motive="training"
        ),
        story=begin.waiting,
        told={"days_ago": 6},
    ),
    Part(
        who=Person(first_name="Malo", last_name="Pradervin", sex="M", age=25, home=FUVEAU, contact_by="sms"),
        story=begin.invited,
        told={"days_ago": 4, "in_days": 1},
    ),
    Part(
        who=Person(first_name="Aïssatou", last_name="Vermandel", sex="F", age=42, home=FORGES, rsa=True, qpv=True),
        story=begin.invited,
        told={"days_ago": 6, "in_days": 0},
    ),
    Part(
        who=Person(first_name="Ferdinand", last_name="Luquemaire", sex="M", age=33, home=AURIOL),
        story=begin.met,
        told={"days_ago": 9},
    ),
    Part(
        who=Person(first_name="Suzon", last_name="Abelrivière", sex="F", age=55, home=GREASQUE, licence="none", wish="advice"),
        story=begin.redirected,
        told={"days_ago": 26, "other_offer": "network"},
    ),
    Part(
        who=Person(first_name="Yanis", last_name="Corbalan-Tré", sex="M", age=23, home=PEYPIN),
        story=begin.refused,
        told={"days_ago": 41, "reason": "not_come", "other_offer": "later"},
    ),
    Part(
        who=Person(first_name="Edwige", last_name="Malfontaine", sex="F", age=28, home=FORGES, employer="Clinique des Hautes Terres"),
        story=begin.on_the_list,
        told={"story": begin.accepted, "told": {"begins": 4}, "wish": {}},
    ),
    Part(
        who=Person(first_name="Basile", last_name="Tournecaux", sex="M", age=46, home=MIMET),
        story=begin.assessed,
        told={"begins": 6},
    ),
    Part(
        who=Person(first_name="Romane", last_name="Delbergue", sex="F", age=21, home=FUVEAU, employer="Maraîchage du Grand Pré"),
        story=begin.held,
        told={"begins": 3},
        terms={"vehicle": 4},
    ),
    Part(
        who=Person(first_name="Kofi", last_name="Saintelme", sex="M", age=30, home=FORGES, qpv=True),
        story=begin.booked,
        told={"begins": 1},
        terms={"vehicle": 3, "deposit": "guarantee_fund"},
    ),
    Part(
        who=Person(first_name="Mélusine", last_name="Hautparc", sex="F", age=27, home=GREASQUE, contact_by="mail"),
        story=rentals.out,
        told={"begins": -42, "drives": 0.9},
        terms={"vehicle": 0},
    ),
    Part(
        who=Person(first_name="Silvère", last_name="Quantin-Lo", sex="M", age=50, home=AURIOL, rsa=True, employer="Scierie du Clos Noir"),
        story=rentals.out,
        told={"begins": -15, "drives": 1.25},
        terms={"vehicle": 1, "deposit": "deferred"},
    ),
    Part(
        who=Person(first_name="Naïma", last_name="Rochebelle-Yvon", sex="F", age=24, home=PEYPIN, licence="AM", wish="scooter"),
        story=rentals.cut,
        told={"begins": -14, "at": 4, "pays": "cheque"},
        terms={"kind": "scooter"},
    ),
    Part(
        who=Person(
            first_name="Gildas", last_name="Formentel", sex="M", age=38, home=FORGES, licence="none", wish="ebike", one_way_tenths=52
        ),
        story=rentals.out,
        told={"begins": -30, "pays": None},
        terms={"kind": "ebike"},
    ),
    Part(
        who=Person(first_name="Oriane", last_name="Despréaux-Kim", sex="F", age=32, home=FUVEAU, employer="Relais du Vieux Puits"),
        story=rentals.out,
        told={"begins": -22, "pays": "cheque"},
        terms={"vehicle": 2, "weeks": 2},
    ),
    Part(
        who=Person(first_name="Corentin", last_name="Valdemarche", sex="M", age=29, home=MIMET, contact_by="mail"),
        story=rentals.returned,
        told={"begins": -98, "ends": -49, "reason": "end_of_contract", "job_kind": "temporary", "lasting_solution": "carpool"},
        terms={"vehicle": 2},
    ),
    Part(
        who=Person(first_name="Zohra", last_name="Pinvidal", sex="F", age=44, home=FORGES, licence="none", wish="bike", one_way_tenths=33),
        story=rentals.returned,
        told={"begins": -50, "ends": -8, "reason": "end_of_term", "job_kind": "permanent", "lasting_solution": "transit"},
        terms={"kind": "bike"},
    ),
    Part(
        who=Person(first_name="Basile", last_name="Ormeval", sex="M", age=20, home=FUVEAU, licence="none", wish="bike", one_way_tenths=41),
        story=begin.booked,
        told={"begins": -2},
        terms={"kind": "bike"},
    ),
)
