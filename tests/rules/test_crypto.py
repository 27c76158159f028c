"""Secrets: promises.md, "Links sent to people come from `secrets`, at least 128 bits, stored hashed"."""

import math
import re

import pytest
from cryptography.fernet import Fernet

from mobility.crypto import CODE_LETTERS, SecretBox, Unreadable, hash_token, new_access_code, new_token, read_access_code, same

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_what_is_sealed_opens_again_and_shows_nothing() -> None:
    sealed = SecretBox([NEW]).seal("clé de l’été")
    assert "été" not in sealed
    assert SecretBox([NEW]).open(sealed) == "clé de l’été"


def test_a_replaced_key_still_opens_and_the_new_one_seals() -> None:
    box = SecretBox([NEW, OLD])
    assert box.open(SecretBox([OLD]).seal("secret")) == "secret"
    assert SecretBox([NEW]).open(box.seal("secret")) == "secret"


@pytest.mark.parametrize(
    "sealed",
    [SecretBox([OLD]).seal("secret"), SecretBox([NEW]).seal("secret")[:-4] + "AAAA", "", "été", "\x00"],
    ids=["another's", "damaged", "empty", "not ASCII", "NUL"],  # sealing is random, and parallel workers must agree on names
)
def test_anothers_or_a_damaged_secret_is_unreadable(sealed: str) -> None:
    with pytest.raises(Unreadable):
        SecretBox([NEW]).open(sealed)


@pytest.mark.parametrize("keys", [[], ["short"]])
def test_a_box_without_a_good_key_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError):
        SecretBox(keys)


def test_a_token_is_long_url_safe_and_never_the_same() -> None:
    tokens = {new_token() for _ in range(100)}
    assert len(tokens) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in tokens)


def test_a_token_is_kept_as_its_hash() -> None:
    assert hash_token("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert hash_token("\ud800") != hash_token("?")


def test_an_access_code_has_sixty_bits_and_no_letter_taken_for_another() -> None:
    assert math.log2(len(CODE_LETTERS)) * 15 >= 60
    assert not set(CODE_LETTERS) & set("0O1IL2Z5S8BU")
    code = new_access_code()
    assert re.fullmatch(f"[{CODE_LETTERS}]{{5}}(-[{CODE_LETTERS}]{{5}}){{2}}", code)
    assert code != new_access_code()


@pytest.mark.parametrize("typed", ["K7QWM-3RTXC-94HDA", "k7qwm3rtxc94hda", " k7qwm 3rtxc\u00a094hda ", "K7QW-M3RT-XC94-HDA"])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_access_code(typed) == "K7QWM-3RTXC-94HDA"


def test_a_wrong_letter_is_not_dropped() -> None:
    assert read_access_code("K7QWM-3RTXC-94HDA!") != "K7QWM-3RTXC-94HDA"


@pytest.mark.parametrize(("given", "kept", "equal"), [("é", "é", True), ("a", "b", False), ("a", "", False), ("\ud800", "\ud800", True)])
def test_secrets_are_compared_whole(given: str, kept: str, equal: bool) -> None:
    assert same(given, kept) is equal
