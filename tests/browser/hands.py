"""Two ways to use a page that must both do: the keyboard alone, and a mouse where JavaScript is off."""

from typing import Protocol

from playwright.sync_api import Page, expect

FARTHEST = 150  # presses of Tab from the top of a page to anything in it
# The words that say what has the focus: its label, its text.
_NAME = """() => {
  const at = document.activeElement;
  const words = at.labels?.length ? at.labels[0].innerText : at.getAttribute('aria-label') ?? at.innerText ?? '';
  return words.replace(/\\s+/g, ' ').trim();
}"""
_IN_GROUP = """label => {
  const at = document.activeElement;
  return at.type === 'radio' && [...document.getElementsByName(at.name)].some(
    one => one.form === at.form && one.labels[0]?.innerText.replace(/\\s+/g, ' ').trim() === label);
}"""


class Hands(Protocol):
    """What somebody does on a page, by the words they read."""

    page: Page

    def write(self, label: str, text: str) -> None: ...
    def pick(self, label: str) -> None: ...
    def press(self, label: str) -> None: ...


class Keyboard:
    """Tab, arrows, Space, Enter and letters; the mouse is never touched."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, label: str, text: str) -> None:
        """Type into a field over what is there."""
        self._reach(label)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def pick(self, label: str) -> None:
        """Choose a radio button, or tick a box."""
        self._reach(label)
        if not self.page.evaluate("document.activeElement.checked"):
            self.page.keyboard.press("Space")

    def press(self, label: str) -> None:
        """Push a button or follow a link, and wait for what comes."""
        self._reach(label)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _reach(self, label: str) -> None:
        for _ in range(FARTHEST):
            name = self.page.evaluate(_NAME)
            if name == label or name.startswith((label + " (", label + " ")):
                return
            self.page.keyboard.press("ArrowDown" if self.page.evaluate(_IN_GROUP, label) else "Tab")
        raise AssertionError(f"the keyboard does not reach “{label}” on {self.page.url}")


class Mouse:
    """A mouse and letters, for a browser whose JavaScript is off."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, label: str, text: str) -> None:
        """Type into a field over what is there."""
        self.page.get_by_label(label, exact=True).or_(self.page.get_by_label(f"{label} (facultatif)", exact=True)).first.fill(text)

    def pick(self, label: str) -> None:
        """Choose a radio button, or tick a box."""
        self.page.get_by_label(label, exact=True).check()

    def press(self, label: str) -> None:
        """Push a button or follow a link."""
        main = self.page.locator("main")
        found = main.get_by_role("button", name=label).or_(main.get_by_role("link", name=label)).first
        expect(found).to_be_visible()
        found.click()
