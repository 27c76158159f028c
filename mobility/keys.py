"""The keys an installation makes for itself the first time it starts."""

import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cryptography.fernet import Fernet

from mobility.crypto import new_token
from mobility.settings import Settings

SECRET_KEY_FILE = "secret.key"
ENCRYPTION_KEY_FILE = "encryption.key"


class KeysExposed(Exception):
    """A key's file can be read by others than its owner, or is empty: its sentence says what to do."""


def with_keys(settings: Settings) -> Settings:
    """The settings with both keys: as told, else from the data folder, else made there (mode 600). Raises KeysExposed, OSError."""
    secret_key = settings.secret_key or _kept(settings.data_dir / SECRET_KEY_FILE, make=new_token)
    encryption_keys = settings.encryption_keys or _encryption_keys(settings.data_dir / ENCRYPTION_KEY_FILE)
    return replace(settings, secret_key=secret_key, encryption_keys=encryption_keys)


def _encryption_keys(path: Path) -> tuple[str, ...]:
    """One key a line, the newest first, so that an operator can add one."""
    return tuple(_kept(path, make=lambda: Fernet.generate_key().decode()).split())


def _kept(path: Path, *, make: Callable[[], str]) -> str:
    if not path.exists():
        _write_once(path, make())
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeysExposed(f"{path} can be read by other people of this machine: chmod 600 {path}")
    key = path.read_text(encoding="ascii").strip()
    if not key:
        raise KeysExposed(f"{path} is empty: put it back from the backup, or remove it to have a new one made")
    return key


def _write_once(path: Path, key: str) -> None:
    """Whole or not at all: of two processes that start together the first one's key stands, and both read it."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
