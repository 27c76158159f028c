"""What erasing a person does to assessments' tables (mobility/erasing.py)."""

from mobility.erasing import Gone, Stripped

FATES = (
    Stripped(
        table="assessment",
        why="Les comptes rendus : le potentiel à l’entrée et à la sortie ; les réponses partent.",
        empties={"answers": {}},
        keeps="beneficiary_id number kind grid_version held_on held_by potential finished_at",
    ),
    Gone(table="clearance"),
    Gone(table="experience"),
    Gone(table="competence"),
    Gone(table="confirmation"),
    Gone(table="booklet_share"),
    Gone(table="booklet_look"),
)
