"""Today's spreadsheet of a platform: one taken over when it began, one sent this morning that waits for a yes."""

from demo.stage import Stage
from demo.timeline import Story
from fleet.actions.takeovers import keep_file, match_columns, take
from fleet.models import Takeover
from mobility.rights import Role

_HEADING = "Type;Véhicule;Emprunteur;Né le;Début;Fin prévue;Solde;Caution;Caution par"
_PARK = ("Vélo;Vélo bleu;;;;;;;", "Vélo;Vélo orange;;;;;;;")
_LOANS = ("VAE;Vélo électrique du CCAS;TREVELOUR Ysoline;12/04/1991;{first};{last};12,00 €;150,00;chèque", "VAE;Vélo pliant;;;;;;;")


def takeovers(stage: Stage) -> Story:
    """The bikes of before, taken on the first day; the town's own list, looked at and not taken yet."""
    yield stage.at(-190, 9, 20)
    kept = _sent(stage, "Parc de départ.csv", _PARK)
    take(kept.id, by=stage.staff[Role.MANAGER], now=stage.now)
    yield stage.at(-1, 15, 10)
    days = {"first": f"{stage.day(-20):%d/%m/%Y}", "last": f"{stage.day(30):%d/%m/%Y}"}
    _sent(stage, "Vélos du CCAS.csv", tuple(line.format(**days) for line in _LOANS))


def _sent(stage: Stage, name: str, lines: tuple[str, ...]) -> Takeover:
    """Read and matched as guessed, for the first pole."""
    by = stage.staff[Role.MANAGER]
    kept = keep_file(name, "\n".join((_HEADING, *lines)).encode(), by=by, now=stage.now)
    columns = [
        {"sheet": sheet["title"], "heading": heading, "field": field}
        for sheet, meant in zip(kept.sheets, kept.matching, strict=True)
        for heading, field in meant.items()
    ]
    return match_columns(kept.id, columns=columns, site_id=next(iter(stage.sites.values())), by=by, now=stage.now)
