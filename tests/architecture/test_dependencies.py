"""Every dependency has its reason and a licence that goes with ours."""

import re
import tomllib
from importlib.metadata import PackageNotFoundError, metadata

from tests.architecture import source

PROJECT = tomllib.loads((source.ROOT / "pyproject.toml").read_text())["project"]
# Licences whose code an EUPL-1.2 work may use as a library.
WELCOME = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-CMU",
    "MPL-2.0",
    "OFL-1.1",  # fonts: printed and embedded freely
    "PSF-2.0",
    "ZPL-2.1",
}


def named(requirements: list[str]) -> set[str]:
    """The bare names of requirements: `psycopg[binary]>=3.3` is psycopg."""
    return {re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


def wanted() -> set[str]:
    extras = PROJECT["optional-dependencies"].values()
    return named(PROJECT["dependencies"]).union(*(named(extra) for extra in extras))


def explained() -> dict[str, list[str]]:
    """docs/dependencies.md as it stands: name → licence, what for, why not our own code."""
    lines = (source.ROOT / "docs/dependencies.md").read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): row[1:] for row in rows}


def test_every_dependency_is_explained_and_no_other() -> None:
    missing, left_over = wanted() - set(explained()), set(explained()) - wanted()
    assert not missing, f"docs/dependencies.md must say what these are for: {sorted(missing)}"
    assert not left_over, f"docs/dependencies.md explains what pyproject.toml no longer names: {sorted(left_over)}"


def test_every_reason_is_written() -> None:
    empty = [name for name, cells in explained().items() if len(cells) != 3 or not all(cells)]
    assert not empty, f"licence, what for, why not our own: {empty}"


def test_every_licence_of_the_product_goes_with_ours() -> None:
    """Tools that only test may carry any free licence: nothing of them is given to users."""
    shipped = named(PROJECT["dependencies"])
    licences = {name: re.split(r" (?:AND|OR) ", cells[0]) for name, cells in explained().items() if name in shipped}
    unwelcome = {name: ids for name, ids in licences.items() if not WELCOME.issuperset(ids)}
    assert not unwelcome, f"not among {sorted(WELCOME)}: {unwelcome}"


def test_the_licence_written_is_the_one_the_package_declares() -> None:
    """Only for packages that declare an SPDX expression; the others say it in words."""
    declared = {name: spdx for name in wanted() if (spdx := declared_licence(name))}
    assert declared
    wrong = {name: spdx for name, spdx in declared.items() if explained()[name][0] != spdx}
    assert not wrong, f"docs/dependencies.md says otherwise than the package: {wrong}"


def declared_licence(name: str) -> str | list[str] | None:
    try:
        return metadata(name).json.get("license_expression")
    except PackageNotFoundError:  # of a layer that is not installed here
        return None


def test_our_own_licence_is_said_everywhere_alike() -> None:
    text = (source.ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["license"] == "EUPL-1.2"
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert "EUPL-1.2" in (source.ROOT / "README.md").read_text(encoding="utf-8")
