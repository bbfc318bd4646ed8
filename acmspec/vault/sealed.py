"""Bytes encrypted under a passphrase and back, piece by piece; the one place that knows the library for it.

The key is made of the passphrase by scrypt, with a salt made of the hash of the bytes. So the same bytes give the same
file, and no key is used for other bytes: a nonce never comes back with the same key for something else.
"""

import struct
from collections.abc import Iterator
from hashlib import sha256
from typing import IO

from acmspec.ground.node import node

_MAGIC = b"acmspec rows 1\n"
_PIECE = 1 << 22
_TAG = 16
_KEY = 32
_COST, _BLOCK, _PARALLEL = 1 << 15, 8, 1
_HASH = 32


class WrongKeyError(Exception):
    """The passphrase is another one, or the bytes were changed."""


@node
class _Key:
    """What pieces are encrypted with; each has its number, and the last one says that it is."""

    secret: bytes
    salt: bytes

    def nonce(self, number: int, *, is_last: bool) -> bytes:
        return struct.pack(">7xI?", number, is_last)


def seal(plain: IO[bytes], digest: str, passphrase: str) -> Iterator[bytes]:
    """The encrypted pieces of a stream whose SHA-256 is `digest`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    key = _key(passphrase, bytes.fromhex(digest))
    yield _MAGIC + key.salt
    cipher = AESGCM(key.secret)
    number, piece = 0, plain.read(_PIECE)
    while True:
        following = plain.read(_PIECE)
        yield cipher.encrypt(key.nonce(number, is_last=not following), piece, _MAGIC)
        if not following:
            return
        number, piece = number + 1, following


def opened(file: IO[bytes], passphrase: str) -> Iterator[bytes]:
    """The plain pieces of an encrypted stream; `WrongKeyError` as soon as one is not what was sealed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if file.read(len(_MAGIC)) != _MAGIC:
        raise WrongKeyError
    key = _key(passphrase, file.read(_HASH))
    cipher = AESGCM(key.secret)
    hashed = sha256()
    number, piece = 0, file.read(_PIECE + _TAG)
    while True:
        following = file.read(_PIECE + _TAG)
        try:
            plain = cipher.decrypt(key.nonce(number, is_last=not following), piece, _MAGIC)
        except (InvalidTag, ValueError) as error:
            raise WrongKeyError from error
        hashed.update(plain)
        yield plain
        if not following:
            break
        number, piece = number + 1, following
    if hashed.digest() != key.salt:
        raise WrongKeyError


def _key(passphrase: str, salt: bytes) -> _Key:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    made = Scrypt(salt=salt, length=_KEY, n=_COST, r=_BLOCK, p=_PARALLEL)
    return _Key(made.derive(passphrase.encode()), salt)
