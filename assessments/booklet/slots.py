"""The way to the booklet from a person's file and from their own space."""

from collections.abc import Iterable
from datetime import date

from flask import url_for

from mobility.rights import Role, Viewer
from mobility.slots import Line, Section
from mobility.tongues import say

ADVISERS = (Role.ADVISER, Role.MANAGER)


def file_sections(beneficiary_id: int, who: Viewer, today: date) -> Iterable[Section]:
    """The way to it from a person's file."""
    if who.may(*ADVISERS):
        sentence = "Compétences à vérifier ou confirmées, expériences, formations : la personne l’emporte et le montre à qui elle veut."
        there = Line(text="Ouvrir le livret", href=url_for("booklet.of_person", beneficiary_id=beneficiary_id))
        yield Section(order=33, key="booklet", title="Livret de mobilité", icon="journal-check", sentence=sentence, acts=(there,))


def own_sections(beneficiary_id: int, who: Viewer, today: date) -> Iterable[Section]:
    """The way to one's own."""
    sentence = say("Ce que vous savez faire et où vous l’avez fait. Il est à vous : gardez-le, imprimez-le, montrez-le à qui vous voulez.")
    acts = (Line(text=say("Ouvrir mon livret"), href=url_for("booklet.own")), Line(text=say("Le montrer"), href=url_for("booklet.shares")))
    yield Section(order=55, key="booklet", title=say("Mon livret de mobilité"), icon="journal-check", sentence=sentence, acts=acts)
