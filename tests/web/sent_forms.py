"""Forms as a page shows them, read back from its HTML: fields with their kinds and values, what describes each, what the summary says."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "date", "datetime-local", "email", "tel", "number", "textarea", "search"}


@dataclass
class Shown:
    """One field: `kind` is the input's type, "textarea" or "select"."""

    name: str
    kind: str
    value: str
    id: str | None
    described_by: tuple[str, ...]
    options: list[str] = field(default_factory=list)


@dataclass
class ShownForm:
    """A form that posts: the fields people see, and what it carries unseen."""

    action: str
    fields: dict[str, Shown] = field(default_factory=dict)
    hidden: dict[str, str] = field(default_factory=dict)
    also: set[str] = field(default_factory=set)  # where its other buttons send it

    def goes_to(self, path: str) -> bool:
        """Whether one of its buttons sends it there."""
        return path == self.action or path in self.also

    @property
    def typed(self) -> list[Shown]:
        """The fields that take any text."""
        return [shown for shown in self.fields.values() if shown.kind in TYPED]


class SentPage(HTMLParser):
    """The forms of a page, its ids, and the words and links of its summary."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[ShownForm] = []
        self.ids: set[str] = set()
        self.summary = ""
        self.links: list[str] = []
        self._text_of: Shown | None = None
        self._select: Shown | None = None
        self._in_summary = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.ids.add(told.get("id", ""))
        self._follow_summary(tag, told)
        if tag == "form":  # one that only asks posts nowhere
            self.forms.append(ShownForm(told.get("action", "") if told.get("method", "get").lower() == "post" else ""))
        elif tag == "option" and self._select is not None:
            self._select.options.append(told.get("value", ""))
            if "selected" in told:
                self._select.value = told.get("value", "")
        elif tag == "button" and self.forms and told.get("formaction"):
            self.forms[-1].also.add(told["formaction"])
        elif tag in ("input", "select", "textarea") and self.forms and told.get("name"):
            self._take(tag, told)

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._in_summary:
            self._in_summary -= 1
        if tag == "textarea":
            self._text_of = None
        if tag == "select":
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._in_summary:
            self.summary += data
        if self._text_of is not None:
            self._text_of.value += data.removeprefix("\n")

    def _follow_summary(self, tag: str, told: dict[str, str]) -> None:
        if tag == "div" and (self._in_summary or "errors" in told.get("class", "").split()):
            self._in_summary += 1
        if tag == "a" and self._in_summary:
            self.links.append(told.get("href", ""))

    def _take(self, tag: str, told: dict[str, str]) -> None:
        kind = told.get("type", "text") if tag == "input" else tag
        if kind == "hidden":
            self.forms[-1].hidden[told["name"]] = told.get("value", "")
            return
        described = tuple(told.get("aria-describedby", "").split())
        shown = Shown(told["name"], kind, told.get("value", ""), told.get("id"), described)
        self.forms[-1].fields.setdefault(shown.name, shown)
        self._text_of = shown if tag == "textarea" else None
        self._select = shown if tag == "select" else None
