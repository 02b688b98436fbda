"""Verification codes: twelve characters of Crockford's base 32, which has no I, L, O or U to be misread."""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 12
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_FULL_WIDTH = str.maketrans({chr(0xFF01 + n): chr(0x21 + n) for n in range(94)})


def new_code() -> str:
    """60 random bits: guessing a code is hopeless."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def grouped(code: str) -> str:
    """7QK29F4MXW3C → 7QK2-9F4M-XW3C"""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def read(text: str) -> str | None:
    """The code somebody typed or scanned: small letters, dashes, blanks, full-width characters, O for 0 and I or L for 1
    are understood. None when it cannot be a code."""
    plain = text[:60].translate(_FULL_WIDTH).upper()
    code = "".join(plain.replace("-", " ").replace("—", " ").replace("–", " ").split()).translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
