"""Two invented platforms: Valbrume on the coast with two poles, Ferrelande inland with one."""

from demo.scenery import Scenery
from mobility.rights import Role

VALBRUME = Scenery(
    slug="valbrume",
    name="Valbrume Mobilité",
    details={
        "legal_name": "Association Valbrume Mobilité",
        "address": "3 quai des Glycines, 13600 La Ciotat",
        "phone": "04 65 71 00 10",
        "email": "bonjour@valbrume.example.org",
    },
    rules={"fleet.breakdown_phone": "04 65 71 00 15", "fleet.insurer": "Mutuelle des Trois Sentes", "fleet.excess_cents": 45_000},
    sites=(
        {
            "name": "Pôle du Port",
            "address": "3 quai des Glycines",
            "postcode": "13600",
            "commune": "La Ciotat",
            "lat": 43.1748,
            "lon": 5.6045,
        },
        {
            "name": "Pôle de l’Huveaune",
            "address": "18 rue du Lavoir Bleu",
            "postcode": "13400",
            "commune": "Aubagne",
            "lat": 43.2927,
            "lon": 5.5706,
        },
    ),
    structures=(
        {
            "name": "Mission locale des Calanques Rousses",
            "kind": "mission locale",
            "commune": "La Ciotat",
            "referent": "Maëlle Dorvigny",
            "mailbox": "mission",
        },
        {
            "name": "CCAS de Combe-Claire",
            "kind": "CCAS",
            "commune": "Cassis",
            "referent": "Idris Vautrelle",
            "mailbox": "ccas",
        },
        {
            "name": "Maison de l’emploi du Garlaban Vert",
            "kind": "service emploi",
            "commune": "Aubagne",
            "referent": "Solvène Parguet",
            "mailbox": "emploi",
        },
    ),
    staff={
        Role.ADVISER: "Nolwenn Tarbesson",
        Role.MECHANIC: "Gaspard Ollivrel",
        Role.TREASURER: "Odile Framboisier",
        Role.MANAGER: "Karim Belvaud",
    },
    fleet=(
        {
            "kind": "car",
            "label": "Clio bleue",
            "plate": "GA-101-ZZ",
            "site": "Pôle du Port",
            "gearbox": "manual",
            "keys_place": "crochet 1",
        },
        {
            "kind": "car",
            "label": "Sandero grise",
            "plate": "GA-102-ZZ",
            "site": "Pôle du Port",
            "gearbox": "manual",
            "keys_place": "crochet 2",
        },
        {
            "kind": "car",
            "label": "C3 rouge",
            "plate": "GA-103-ZZ",
            "site": "Pôle de l’Huveaune",
            "gearbox": "manual",
            "keys_place": "crochet 3",
        },
        {"kind": "car", "label": "Yaris blanche", "plate": "GA-104-ZZ", "site": "Pôle de l’Huveaune", "gearbox": "automatic"},
        {"kind": "car", "label": "208 verte", "plate": "GA-105-ZZ", "site": "Pôle du Port", "gearbox": "manual"},
        {"kind": "car", "label": "Twingo jaune", "plate": "GA-106-ZZ", "site": "Pôle du Port", "gearbox": "manual"},
        {"kind": "scooter", "label": "Scooter 1", "plate": "GB-201-ZZ", "site": "Pôle du Port"},
        {"kind": "scooter", "label": "Scooter 2", "plate": "GB-202-ZZ", "site": "Pôle de l’Huveaune"},
        {"kind": "moped", "label": "Cyclo 1", "plate": "GB-301-ZZ", "site": "Pôle du Port"},
        {"kind": "ebike", "label": "Vélo électrique 1", "site": "Pôle du Port"},
        {"kind": "ebike", "label": "Vélo électrique 2", "site": "Pôle de l’Huveaune"},
        {"kind": "bike", "label": "Vélo 1", "site": "Pôle du Port"},
        {"kind": "bike", "label": "Vélo 2", "site": "Pôle de l’Huveaune"},
    ),
)

FERRELANDE = Scenery(
    slug="ferrelande",
    name="Roule Ferrelande",
    details={
        "legal_name": "Association Roule Ferrelande",
        "address": "41 cours des Forgerons, 13120 Gardanne",
        "phone": "04 65 71 00 20",
        "email": "accueil@ferrelande.example.org",
    },
    rules={"fleet.breakdown_phone": "04 65 71 00 25", "fleet.insurer": "Mutuelle des Trois Sentes", "fleet.excess_cents": 45_000},
    sites=(
        {
            "name": "Pôle des Forges",
            "address": "41 cours des Forgerons",
            "postcode": "13120",
            "commune": "Gardanne",
            "lat": 43.4544,
            "lon": 5.4692,
        },
        {"name": "Pôle d’Auriol", "address": "2 place du Four", "postcode": "13390", "commune": "Auriol", "lat": 43.369, "lon": 5.631},
    ),
    structures=(
        {
            "name": "Mission locale des Terres Noires",
            "kind": "mission locale",
            "commune": "Gardanne",
            "referent": "Quentin Arzelier",
            "mailbox": "mission",
        },
        {
            "name": "CCAS de Puy-Ferrand-le-Vieux",
            "kind": "CCAS",
            "commune": "Gréasque",
            "referent": "Loubna Castagnère",
            "mailbox": "ccas",
        },
    ),
    staff={
        Role.ADVISER: "Thibaud Escoffray",
        Role.MECHANIC: "Zélie Marcadou",
        Role.TREASURER: "Anselme Rivoiret",
        Role.MANAGER: "Hawa Lantenay",
    },
    fleet=(
        {"kind": "car", "label": "Fiesta noire", "plate": "HA-401-ZZ", "site": "Pôle des Forges", "gearbox": "manual"},
        {"kind": "car", "label": "Polo argent", "plate": "HA-402-ZZ", "site": "Pôle des Forges", "gearbox": "manual"},
        {"kind": "car", "label": "Logan beige", "plate": "HA-403-ZZ", "site": "Pôle d’Auriol", "gearbox": "manual"},
        {"kind": "car", "label": "Swift orange", "plate": "HA-404-ZZ", "site": "Pôle d’Auriol", "gearbox": "manual"},
        {"kind": "car", "label": "Kangoo crème", "plate": "HA-405-ZZ", "site": "Pôle des Forges", "gearbox": "manual"},
        {"kind": "scooter", "label": "Scooter A", "plate": "HB-501-ZZ", "site": "Pôle des Forges"},
        {"kind": "scooter", "label": "Scooter B", "plate": "HB-502-ZZ", "site": "Pôle d’Auriol"},
        {"kind": "moped", "label": "Cyclo A", "plate": "HB-601-ZZ", "site": "Pôle des Forges"},
        {"kind": "ebike", "label": "Électrique A", "site": "Pôle des Forges"},
        {"kind": "ebike", "label": "Électrique B", "site": "Pôle d’Auriol"},
        {"kind": "bike", "label": "Bicyclette A", "site": "Pôle des Forges"},
        {"kind": "bike", "label": "Bicyclette B", "site": "Pôle d’Auriol"},
    ),
)
