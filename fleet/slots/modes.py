"""How somebody goes to work, on the pages that gather: a person's file, their own space."""

from collections.abc import Iterator, Sequence
from datetime import date

from flask import Flask, url_for

from fleet.models import ModeChoice
from fleet.modes import CHOICE_REASONS, MODE_NAMES
from fleet.queries.modes import list_choices
from mobility.periods import paris_day, say_day
from mobility.rights import Role, Viewer
from mobility.slots import Line, Section, Slot, fill
from mobility.tongues import say


def fill_modes(app: Flask) -> None:
    """Hang everything."""
    fill(app, Slot.FILE, _file)
    fill(app, Slot.OWN_SPACE, _own)


def _file(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if viewer.may(Role.ADVISER, Role.MANAGER):
        yield Section(
            order=31,
            key="modes",
            title=say("Pour aller au travail"),
            icon="signpost-split",
            facts=_facts(list_choices(beneficiary_id)),
            acts=(Line(text="Comparer les moyens", href=url_for("ways.show", beneficiary_id=beneficiary_id)),),
            empty="Pas encore comparé : à pied, bus, vélo, covoiturage, véhicule prêté.",
        )


def _own(beneficiary_id: int, viewer: Viewer, today: date) -> Iterator[Section]:
    if facts := _facts(list_choices(beneficiary_id)):
        yield Section(order=51, key="modes", title=say("Pour aller au travail"), icon="signpost-split", facts=facts)


def _facts(choices: Sequence[ModeChoice]) -> tuple[tuple[str, str], ...]:
    if not choices:
        return ()
    chosen = choices[0]
    effort = next((one["effort"] for one in chosen.compared if one["mode"] == chosen.mode and one["effort"]), None)
    decided = say(
        "%(mode)s, le %(day)s. %(reason)s.",
        mode=MODE_NAMES[chosen.mode],
        day=say_day(paris_day(chosen.chosen_at)),
        reason=CHOICE_REASONS[chosen.reason],
    )
    return ((say("Choix"), decided), *(((say("Ce que cela demande"), effort),) if effort else ()))
