"""A message in French and below it in the tongue its reader asked for: both whole, or one alone, never half of either."""

from hypothesis import given
from hypothesis import strategies as st

from mobility.catalogues import catalogue_of
from mobility.sms import TEXT_MAX
from mobility.tongues import OTHERS, joined, say
from mobility.two_tongues import mail_body, subject_line, text_body

CANCELLED = say("Votre rendez-vous est annulé")
ENGLISH = catalogue_of("en")


def test_a_mail_says_all_of_it_in_french_and_then_in_the_tongue() -> None:
    body = mail_body([say("Bonjour %(name)s,", name="Nadia"), CANCELLED], ENGLISH)
    assert body == "Bonjour Nadia,\n\nVotre rendez-vous est annulé\n\n———\n\nHello Nadia,\n\nYour appointment is cancelled\n"
    assert subject_line(CANCELLED, ENGLISH) == "Votre rendez-vous est annulé / Your appointment is cancelled"


def test_what_is_plain_or_asked_for_by_nobody_is_french_alone() -> None:
    paragraphs = [say("Bonjour %(name)s,", name="Nadia"), "Un mot écrit à la main."]
    assert mail_body(paragraphs, ENGLISH) == mail_body(paragraphs, None) == "Bonjour Nadia,\n\nUn mot écrit à la main.\n"
    assert text_body("Essai", "Un mot.", ENGLISH) == "Essai : Un mot."
    assert subject_line("Un mot", ENGLISH) == subject_line("Un mot", None) == "Un mot"


@given(st.sampled_from(OTHERS), st.text("abcdé ", max_size=600))
def test_a_text_never_outgrows_what_is_sent_and_holds_the_french_whole_or_not_at_all(tongue: str, name: str) -> None:
    said = joined(" ", (CANCELLED, say("Une question : %(phone)s.", phone=name.strip() or "1")))
    read = catalogue_of(tongue)
    text = text_body("Essai", said, read)
    french = f"Essai : {' '.join(said.split())}"
    assert len(text) <= TEXT_MAX
    assert text.startswith(f"{french}\n\n") or french not in text
    assert text_body("Essai", said, None).startswith("Essai : Votre rendez-vous")
