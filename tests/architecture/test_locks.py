"""The locks: hashed, without an address in them, and made from today's pyproject.toml."""

import pytest

import dev

LOCKS = [*dev.LAYERS.values(), dev.INSTALLER]
ADDRESS = "http" + "://", "https" + "://"

every_lock = pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)


@every_lock
def test_a_lock_answers_todays_dependencies(path: dev.Path) -> None:
    assert dev.is_fresh(path), "pyproject.toml names other dependencies: run `python3 dev.py lock`"


@every_lock
def test_a_lock_pins_and_hashes_everything(path: dev.Path) -> None:
    entries = dev.pins(path.read_text())
    assert entries
    bare = [entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry]
    assert not bare, f"without a version or a hash: {bare}"


@every_lock
def test_a_lock_names_no_address(path: dev.Path) -> None:
    text = path.read_text()
    assert not [word for word in (*ADDRESS, "--index-url", "--find-links", " @ ") if word in text]
