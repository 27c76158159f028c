"""How long the server takes for each page of the demonstration, and how many SQL statements: each page of each role, 20 requests."""

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

from flask.testing import FlaskClient

from bench._record import record, table
from mobility.web.edge import PointEtape
from tests.browser.atlas import Atlas
from tests.browser.served import make_demo
from tests.statements import counted

ROUNDS = 20
SHOWN = 10
SLOW_MS, MANY_STATEMENTS = 50, 25


def main() -> None:
    with TemporaryDirectory() as folder:
        demo = make_demo(Path(folder))
        atlas = Atlas(demo)
        rows = [
            (*measure(demo.app, demo.client(who), path), name, endpoint, path)
            for name, who in demo.people.items()
            for endpoint, path in atlas.of(name).pages.items()
        ]
    rows.sort(reverse=True)
    print(f"{'CPU ms':>9} {'SQL':>4}  page, of {len(rows)} (median of {ROUNDS})")
    for ms, statements, name, endpoint, path in rows:
        mark = " <-- slow" if ms > SLOW_MS or statements > MANY_STATEMENTS else ""
        print(f"{ms:9.1f} {statements:4d}  {name} {endpoint} {path}{mark}")
    slowest = [(f"{name}, `{endpoint}`", f"{ms:.1f}", statements) for ms, statements, name, endpoint, _ in rows[:SHOWN]]
    said = f"{len(rows)} pages of the demonstration, each role's: half under {median(row[0] for row in rows):.1f} ms. The slowest:"
    record("pages", "Pages", [said, "", *table(("page", "CPU ms", "statements"), *slowest)])


def measure(app: PointEtape, client: FlaskClient, path: str) -> tuple[float, int]:
    """Median CPU milliseconds of a page, and the statements it sends."""
    client.get(path)  # templates are compiled once
    with counted(app) as statements:
        client.get(path)
    spent = []
    for _ in range(ROUNDS):
        begun = process_time()
        client.get(path)
        spent.append((process_time() - begun) * 1000)
    return median(spent), len(statements)


if __name__ == "__main__":
    main()
