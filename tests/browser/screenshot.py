"""Takes the README's picture, docs/screenshots/desk.png: the adviser's desk of the demonstration."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from mobility.rights import Role
from tests.browser.chromium import DESK, launch, open_context
from tests.browser.served import make_demo, serve

PICTURE = Path(__file__).parents[2] / "docs" / "screenshots" / "desk.png"


def main() -> None:
    """Build, serve, look, keep."""
    adviser = Role.ADVISER.value
    with (
        TemporaryDirectory() as folder,
        serve(make_demo(Path(folder))) as demo,
        sync_playwright() as playwright,
        launch(playwright) as browser,
        open_context(browser, demo, demo.people[adviser]) as context,
    ):
        page = context.new_page()
        page.goto(demo.people[adviser].start)
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURE, clip={"x": 0, "y": 0, **DESK})
    print(f"{PICTURE.relative_to(PICTURE.parents[2])}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
