"""A scrape on a car park, declared and with the expert."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.accidents import complete, declare, record_accident
from mobility.periods import paris_day, paris_time


def accidents(stage: Stage) -> Story:
    """One that is followed, and one of yesterday that the insurer has yet to hear of."""
    yield stage.at(-16, 18, 20)
    then = stage.at(-16, 17, 5)
    first = record_accident(
        stage.vehicles["car"][1],
        on=paris_day(then),
        hour=paris_time(then),
        place="Parking de la gare, La Ciotat",
        circumstances="manoeuvre",
        account="Un autre véhicule recule et touche la portière avant droite, à petite vitesse.",
        third_plate="ZZ-900-ZZ",
        third_insurer="Mutuelle des Quatre Vents",
        by=stage.adviser,
        now=stage.now,
    )
    yield stage.at(-15, 9, 10)
    declare(first.id, declared_on=stage.day(-15), claim_number="S-40877", by=stage.adviser, now=stage.now)
    complete(
        first.id,
        third_plate="ZZ-900-ZZ",
        third_insurer="Mutuelle des Quatre Vents",
        expert="Cabinet Ormeval",
        expert_on=stage.day(-8),
        liability_percent=0,
        by=stage.adviser,
        now=stage.now,
    )
    yield stage.at(-1, 17, 45)
    then = stage.at(-1, 16, 40)
    record_accident(
        stage.vehicles["car"][0],
        on=paris_day(then),
        hour=paris_time(then),
        place="Rond-point du Port, La Ciotat",
        circumstances="hit_behind",
        account="Heurté à l’arrêt ; pare-chocs arrière marqué, le véhicule roule.",
        by=stage.adviser,
        now=stage.now,
    )
