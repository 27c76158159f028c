"""A page as its reader has it: the visible text, the links, the forms with what they hold. Standard library only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

UNSEEN = {"script", "style", "svg", "template", "title"}
VOID = {"input", "br", "img", "meta", "link", "hr", "col", "path", "use", "circle"}
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


def plain(text: str) -> str:
    """Text with plain single spaces."""
    return " ".join(text.translate(SPACES).split())


@dataclass
class Option:
    """One answer on offer."""

    value: str
    words: str = ""
    chosen: bool = False


@dataclass
class Field:
    """A question of a form; `options` when only these answers are possible."""

    name: str
    type: str
    value: str = ""
    options: list[Option] = field(default_factory=list)

    @property
    def held(self) -> list[str]:
        """What the form sends when nobody touches it."""
        if self.type not in ("radio", "checkbox", "select"):
            return [self.value]
        chosen = [option.value for option in self.options if option.chosen]
        return chosen or ([self.options[0].value] if self.type == "select" and self.options else [])

    def answer(self, given: Any) -> list[str]:
        """What the form sends for an answer, which must be on offer."""
        wanted = [str(each) for each in given] if isinstance(given, list | tuple) else [str(given)]
        return [self._option(each) for each in wanted] if self.options else wanted

    def _option(self, wanted: str) -> str:
        for option in self.options:
            if wanted in (option.value, plain(option.words)):
                return option.value
        for option in self.options:
            if plain(option.words).startswith(wanted):
                return option.value
        raise AssertionError(f"« {wanted} » is not among {[(o.value, o.words) for o in self.options]} for {self.name}")


@dataclass
class Button:
    """What sends a form."""

    words: str = ""
    sent: dict[str, list[str]] = field(default_factory=dict)
    action: str = ""


@dataclass
class Form:
    """A form: where it goes, its fields and buttons."""

    action: str
    method: str
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[Button] = field(default_factory=list)

    def filled(self, answers: dict[str, Any]) -> dict[str, list[str]]:
        """The form as a browser sends it."""
        held = {name: each.held for name, each in self.fields.items()}
        return held | {name: self.fields[name].answer(given) for name, given in answers.items()}


class Page(HTMLParser):
    """A page read once."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.forms: list[Form] = []
        self._words: list[str] = []
        self._unseen: list[str] = []
        self._catch: dict[str, list[str]] = {}  # what is being read inside a link, a button, an option, a label
        self._link = ""
        self._labelled: dict[str, Option] = {}
        self._label_for = ""
        self._field: Field | None = None
        self.feed(html)

    @property
    def text(self) -> str:
        return plain("".join(self._words))

    def link(self, words: str) -> str:
        """Where the first link that says so goes."""
        for said, href in self.links:
            if words in said:
                return href
        raise AssertionError(f"no link « {words} » among {[said for said, _ in self.links]}")

    def form(self, button: str, names: Iterable[str] = ()) -> tuple[Form, Button]:
        """The form with this button that asks for these names."""
        offered = [(form, each) for form in self.forms for each in form.buttons if each.words.startswith(button)]
        for form, each in offered:
            if set(names) <= set(form.fields):
                return form, each
        asked = [sorted(form.fields) for form, _ in offered]
        raise AssertionError(f"no « {button} » asking {sorted(names)}: {asked or [b.words for f in self.forms for b in f.buttons]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self._unseen.append(tag)
        if tag not in ("a", "b", "strong", "span", "em"):
            self._words.append(" ")
        if tag in ("a", "button", "option", "label"):
            self._catch[tag] = []
        if reader := getattr(self, f"_start_{tag}", None):
            reader(has)

    def handle_endtag(self, tag: str) -> None:
        if self._unseen and self._unseen[-1] == tag:
            self._unseen.pop()
        said = plain("".join(self._catch.pop(tag, [])))
        if tag == "a":
            self.links.append((said, self._link))
        elif tag == "button" and self.forms and self.forms[-1].buttons:
            self.forms[-1].buttons[-1].words = said
        elif tag == "option" and self._field:
            self._field.options[-1].words = said
        elif tag == "label" and self._label_for in self._labelled:
            self._labelled[self._label_for].words = said
        elif tag in ("select", "textarea"):
            self._field = None

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        self._words.append(data)
        for caught in self._catch.values():
            caught.append(data)
        if self._field and self._field.type == "textarea":
            self._field.value += data

    def _start_a(self, has: dict[str, str]) -> None:
        self._link = has.get("href", "")

    def _start_form(self, has: dict[str, str]) -> None:
        self.forms.append(Form(action=has.get("action", ""), method=has.get("method", "get").lower()))

    def _start_button(self, has: dict[str, str]) -> None:
        if self.forms:
            sent = {has["name"]: [has.get("value", "")]} if has.get("name") else {}
            self.forms[-1].buttons.append(Button(sent=sent, action=has.get("formaction", "")))

    def _start_label(self, has: dict[str, str]) -> None:
        self._label_for = has.get("for", "")

    def _start_input(self, has: dict[str, str]) -> None:
        if not self.forms or not has.get("name"):
            return
        known = self._keep(has["name"], has.get("type", "text"), has.get("value", ""))
        if known.type in ("radio", "checkbox"):
            known.options.append(Option(value=has.get("value", "on"), chosen="checked" in has))
            self._labelled[has.get("id", "")] = known.options[-1]

    def _start_select(self, has: dict[str, str]) -> None:
        self._field = self._keep(has["name"], "select", "")

    def _start_option(self, has: dict[str, str]) -> None:
        if self._field:
            self._field.options.append(Option(value=has.get("value", ""), chosen="selected" in has))

    def _start_textarea(self, has: dict[str, str]) -> None:
        self._field = self._keep(has["name"], "textarea", "")

    def _keep(self, name: str, type_: str, value: str) -> Field:
        return self.forms[-1].fields.setdefault(name, Field(name=name, type=type_, value=value))
