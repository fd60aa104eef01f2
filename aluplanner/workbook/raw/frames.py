"""Messages between two processes: eight bytes that say how long, then the message."""

from collections.abc import Sequence
from typing import Final, Protocol

_LENGTH: Final = 8
_PIECE: Final = 1 << 20
_LONGEST: Final = 1 << 31


class Reading(Protocol):
    """What can be read from, such as the end of a pipe."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Put some bytes into the buffer and return how many, 0 at the end."""
        ...


class Writing(Protocol):
    """What can be written to."""

    def write(self, data: bytes | memoryview, /) -> int | None:
        """Write some of the data and return how many bytes."""
        ...


def send(stream: Writing, pieces: Sequence[bytes]) -> None:
    """Write a message given in pieces.

    Raises
    ------
    OSError
        If nobody reads any more.
    """
    _write(stream, sum(map(len, pieces)).to_bytes(_LENGTH, "big"))
    for piece in pieces:
        _write(stream, piece)


def receive(stream: Reading) -> bytes:
    """Return the next message.

    Raises
    ------
    EOFError
        If none comes any more, or not the whole of one.
    """
    length = int.from_bytes(_read(stream, _LENGTH), "big")
    if length > _LONGEST:
        raise EOFError
    return _read(stream, length)


def _write(stream: Writing, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[stream.write(view[:_PIECE]) or 0 :]


def _read(stream: Reading, length: int) -> bytes:
    message = bytearray(length)
    view = memoryview(message)
    while view:
        count = stream.readinto(view)
        if not count:
            raise EOFError
        view = view[count:]
    return bytes(message)
