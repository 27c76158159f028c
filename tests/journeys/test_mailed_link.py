"""A referent without an account: a mailed link, a form in minutes, and a no that says why and offers something else."""

import re

from mobility.posting import drain_outbox
from mobility.rights import Role
from tests.house import House
from tests.journeys.browser import Browser
from tests.journeys.steps import mails_to, prescribe

REFERENT = "s01.essai@example.org"


def test_a_no_that_opens_another_way(house: House) -> None:
    referent, adviser, home = Browser(house.client(None)), Browser(house.client(Role.ADVISER)), house.page("")
    link = a_link_by_mail(house, referent, home)
    referent.open(link).submit("Entrer")
    referent.missing(link).follow("Continuer").open(home)
    used = Browser(house.client(None)).missing(link).reads("Ce lien n’est plus valable")
    used.follow("Recevoir un nouveau lien").reads("Votre adresse mail")
    prescribe(referent, home, "Inès", "Essai Loin", commune="13260 Cassis")
    referent.reads("FL-2026-0001")
    adviser.open(home).follow("Inès").follow("Refuser").refused("Refuser et prévenir").reads("nécessaire")
    adviser.submit("Refuser et prévenir", reason="la personne habite ou travaille hors", other_offer="une autre plateforme")
    drain_outbox(house.app)
    no = mails_to(house, REFERENT)[-1].text
    for sentence in ("hors de notre territoire", "Nous proposons une autre plateforme de mobilité"):
        assert sentence in no
    referent.open(home).follow("Inès").reads("refusée", "hors de notre territoire", "une autre plateforme de mobilité")


def a_link_by_mail(house: House, referent: Browser, home: str) -> str:
    referent.open(home + "prescribe").submit("Recevoir le lien", email=REFERENT).reads("un lien arrive")
    drain_outbox(house.app)
    found = re.search(r"/p/essai/link/\S+", mails_to(house, REFERENT)[0].text)
    assert found is not None
    return found[0]
