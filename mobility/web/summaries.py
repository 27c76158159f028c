"""The summary of what is wrong stands above its form, yet names each field by the label that the form gives it further down.

While a page is drawn, its macros leave a place for each summary and the fields tell their labels; the frame fills the places at the end.
"""

from typing import Any

from flask import Flask, current_app, g
from markupsafe import Markup


def register(app: Flask) -> None:
    """Give templates `leave_place(form)`, `name_fault(label, sentence)` and the filter `fill_places`."""
    app.add_template_global(leave_place)
    app.add_template_filter(fill_places)
    app.add_template_global(name_fault)


def leave_place(form: Any) -> Markup:
    """Where the summary of this form will stand."""
    places = g.setdefault("summaries", {})
    place = Markup("<!--summary {}-->").format(len(places))
    places[place] = form
    return place


def fill_places(content: Markup) -> Markup:
    """The page's content with its summaries, now that every field has told its label.

    A page may have lost the form it was sent from (somebody acted meanwhile): what was refused is then said first of all.
    """
    forms: Any = current_app.jinja_env.get_template("macros/forms.html").module
    places, refused = g.pop("summaries", {}), g.pop("refused", None)
    for place, form in places.items():
        content = content.replace(place, forms.summary(form))
    is_said = refused is None or any(form.errors is refused.errors for form in places.values())
    return content if is_said else Markup(forms.summary(refused)) + content


def name_fault(label: str, sentence: str) -> str:
    """A field's fault under its name: "Date de naissance : cette réponse est nécessaire."; a question keeps its own mark."""
    name = label.rstrip(" .:")
    if name.endswith("?"):
        return f"{name} {sentence}"
    starts_a_word = sentence[1:2].islower() or sentence[1:2] in " ’"
    return f"{name} : {sentence[:1].lower() + sentence[1:] if starts_a_word else sentence}"
