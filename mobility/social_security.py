"""A French social-security number in a text: what the house never keeps (domain.md §9 "Documents"). Pure."""

import re

# Sex, year, month, department, commune, order, and the key when it is written (numéro d’inscription au répertoire).
_SOCIAL_SECURITY = re.compile(
    r"(?<!\d)([12])\s?(\d{2})\s?(0[1-9]|1[0-2]|[2-4]\d|[5-9]\d)\s?(\d{2}|2[AB])\s?(\d{3})\s?(\d{3})(?:\s?(\d{2}))?(?!\d)"
)


def holds_social_security_number(text: str) -> bool:
    """Whether a text holds a French social-security number; one written with a wrong key is another number."""
    return any(_is_number(found) for found in _SOCIAL_SECURITY.finditer(text))


def _is_number(found: re.Match[str]) -> bool:
    *parts, key = found.groups()
    if key is None:
        return True
    digits = "".join(parts).replace("2A", "19").replace("2B", "18")
    return int(key) == 97 - int(digits) % 97
