"""The keys an installation makes for itself, in real files."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from mobility.crypto import SecretBox
from mobility.keys import KeysExposed, with_keys
from mobility.settings import Settings


def make_settings(folder: Path, **given: str) -> Settings:
    return Settings.from_env({"POINT_ETAPE_DATA_DIR": str(folder), **{f"POINT_ETAPE_{name}": value for name, value in given.items()}})


def test_keys_are_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "folder"
    settings = with_keys(make_settings(folder))
    assert settings.secret_key is not None and len(settings.secret_key) >= 43
    assert SecretBox(settings.encryption_keys).open(SecretBox(settings.encryption_keys).seal("a")) == "a"
    assert sorted(path.name for path in folder.iterdir()) == ["encryption.key", "secret.key"], "no draft is left behind"
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert with_keys(make_settings(folder)) == settings, "the same at the next start"


def test_keys_that_are_told_make_no_file(tmp_path: Path) -> None:
    told = with_keys(make_settings(tmp_path, SECRET_KEY="s" * 40, ENCRYPTION_KEY=Fernet.generate_key().decode()))
    assert told.secret_key == "s" * 40
    assert list(tmp_path.iterdir()) == []


def test_processes_that_start_together_read_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        made = list(pool.map(lambda _: with_keys(make_settings(tmp_path)), range(32)))
    assert len({(settings.secret_key, settings.encryption_keys) for settings in made}) == 1


def test_an_operator_may_add_a_key_on_a_line_above(tmp_path: Path) -> None:
    old = with_keys(make_settings(tmp_path)).encryption_keys
    new = Fernet.generate_key().decode()
    (tmp_path / "encryption.key").write_text(f"{new}\n{old[0]}\n", encoding="ascii")
    assert with_keys(make_settings(tmp_path)).encryption_keys == (new, *old)


def test_a_key_that_others_can_read_stops_the_start(tmp_path: Path) -> None:
    with_keys(make_settings(tmp_path))
    (tmp_path / "secret.key").chmod(0o644)
    with pytest.raises(KeysExposed, match="chmod 600"):
        with_keys(make_settings(tmp_path))


def test_an_emptied_key_is_not_replaced_in_silence(tmp_path: Path) -> None:
    with_keys(make_settings(tmp_path))
    (tmp_path / "encryption.key").write_text("", encoding="ascii")
    with pytest.raises(KeysExposed, match="empty"):
        with_keys(make_settings(tmp_path))
