"""Small secrets: encrypted at rest, drawn at random, compared in constant time."""

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

TOKEN_BYTES = 32  # 256 bits; promises.md asks for 128 at least
CODE_LETTERS = "34679ACDEFGHJKMNPQRTVWXY"  # none that is taken for another on paper: no 0 O, 1 I L, 2 Z, 5 S, 8 B, U V
CODE_GROUPS, CODE_GROUP_LENGTH = 3, 5  # 15 letters of 24: 68 bits


class Unreadable(Exception):
    """A sealed text that none of our keys opens: another installation's, or damaged."""


class SecretBox:
    """Seals small texts with Fernet; the first key seals, every key opens: so a key can be replaced. Raises ValueError without one."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        """The text encrypted and signed, as ASCII."""
        return self._fernet.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str:
        """The text that was sealed. Raises Unreadable."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Unreadable("no key of this installation opens this secret") from None


def new_token() -> str:
    """A random token for a link or an API, 256 bits, safe in a URL. Shown once; only its hash is kept."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> str:
    """What is kept of a random token (SHA-256, hexadecimal). Fast, so never for a password or a word somebody chose."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def keyed_hash(key: str, text: str) -> str:
    """What is kept of a guessable text (an address, a login) to count it without knowing it: HMAC-SHA-256, hexadecimal."""
    return hmac.new(key.encode(), text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def new_access_code() -> str:
    """A code to print on paper, 68 bits in three groups: "K7QWM-3RTXC-94HDA". Kept hashed, read with `read_access_code`."""
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP_LENGTH)) for _ in range(CODE_GROUPS))
    return "-".join(groups)


def read_access_code(typed: str) -> str:
    """The code as printed, from what somebody typed: case, spaces and hyphens do not count. Anything else comes out as no code."""
    letters = "".join(c for c in typed.upper() if not (c.isspace() or c in "-–—."))
    return "-".join(letters[i : i + CODE_GROUP_LENGTH] for i in range(0, len(letters), CODE_GROUP_LENGTH))


def same(given: str, kept: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), kept.encode("utf-8", "surrogatepass"))
