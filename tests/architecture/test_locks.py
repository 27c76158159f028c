"""The locks: hashed, without an address in them, and made from today's pyproject.toml."""

from pathlib import Path

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


def test_a_layer_is_installed_with_the_hashes_of_those_below(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The demo first and the tests after, as the README says: what the tests' packages need stands in the runtime's lock."""
    installed: list[Path] = []
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "works", lambda *command: True)
    monkeypatch.setattr(dev, "install_locks", installed.extend)
    for layers in (["runtime"], ["runtime", "test"]):
        installed.clear()
        dev.install(*layers)
        assert installed == [dev.LAYERS[layer] for layer in layers]
    installed.clear()
    dev.install("runtime", "test")
    assert not installed, "nothing is stale"
