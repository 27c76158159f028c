"""Papers that the demonstration's prescribers send: drawn here, about nobody."""

from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from demo.stage import Stage
from mobility.actions.liaison_papers import add_paper, check
from mobility.periods import paris_day
from mobility.rights import Viewer

_LINES = (
    "PROMESSE D’EMBAUCHE",
    "",
    "Entreprise Exemple, zone du Port",
    "Poste : agent d’entretien, équipe du matin",
    "Document de démonstration",
)


def say_seen(form_id: int, kind: str, stage: Stage, *, by: Viewer) -> None:
    """A paper seen by who prescribes, and not sent."""
    add_paper(form_id, kind=kind, seen_on=paris_day(stage.now), by=by, now=stage.now)


def send_promise(form_id: int, stage: Stage, *, by: Viewer) -> int:
    """A promise of a job, sent to be seen; the paper's id."""
    sheet = Image.new("RGB", (620, 400), "white")
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=22)
    for number, line in enumerate(_LINES):
        pen.text((40, 40 + 50 * number), line, fill="black", font=font)
    out = BytesIO()
    sheet.save(out, "PNG")
    paper = add_paper(form_id, kind="job", seen_on=paris_day(stage.now), content=out.getvalue(), by=by, now=stage.now)
    return paper.id


def see_promise(paper_id: int, stage: Stage) -> None:
    """The adviser saw it: its file goes."""
    check(paper_id, by=stage.adviser, now=stage.now)
