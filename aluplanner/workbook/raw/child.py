"""The process that reads one workbook and then ends.

It is handed the bytes of the file, then questions. A question is a JSON list of a word and the names of parts; for each
of these there is an answer, which is ``=`` with what was asked for or ``!`` with a JSON list of a code and its detail.
"""

import gc
import io
import json
import os
import sys
from contextlib import suppress
from typing import Final, NoReturn

from aluplanner.workbook.raw.book import RawBook
from aluplanner.workbook.raw.errors import RawError
from aluplanner.workbook.raw.frames import receive, send
from aluplanner.workbook.raw.limits import MEMORY, SECONDS
from aluplanner.workbook.raw.memory import OUT_OF_MEMORY, limit_memory

ANSWER: Final = b"="
FAILURE: Final = b"!"
OPEN, READ, NOTES = "open", "read", "notes"

_STANDARD_IN, _STANDARD_OUT = 0, 1


def main() -> int:
    """Answer questions until none comes any more; return the exit code."""
    gc.disable()  # the process ends before anything is worth collecting
    source, sink = _pipes()
    with suppress(OSError):  # a system without such limits is no reason not to read
        limit_memory(MEMORY)
        _limit_time()
    try:
        _answer_all(source, sink, receive(source))
    except MemoryError:
        return OUT_OF_MEMORY
    except (EOFError, BrokenPipeError):
        return 0  # nobody asks any more


def _answer_all(source: io.RawIOBase, sink: io.RawIOBase, data: bytes) -> NoReturn:
    book: RawBook | None = None
    while True:
        word, *parts = json.loads(receive(source))
        for part in parts:
            try:
                if book is None:
                    book = RawBook(data)
                send(sink, [ANSWER, *_found(book, word, part)])
            except RawError as error:
                send(sink, [FAILURE, json.dumps([error.code, error.detail]).encode()])
            except MemoryError:
                book = None
                send(sink, [FAILURE, json.dumps(["too-much-memory", ""]).encode()])


def _found(book: RawBook, word: str, part: str) -> list[bytes]:
    if word == READ:
        return book.read(part).to_bytes()
    if word == NOTES:
        return [json.dumps([[*place, text] for place, text in book.read_notes(part).items()]).encode()]
    return [json.dumps([book.is_1904, book.sheets]).encode()]


def _pipes() -> tuple[io.RawIOBase, io.RawIOBase]:
    """Return the ends of the pipes; not ``sys.stdin`` and its like, which a program without a console lacks."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(_STANDARD_IN, os.O_BINARY)
        msvcrt.setmode(_STANDARD_OUT, os.O_BINARY)
    return io.FileIO(_STANDARD_IN, "rb", closefd=False), io.FileIO(_STANDARD_OUT, "wb", closefd=False)


def _limit_time() -> None:
    """See to it that the process ends even if nobody is left to end it."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        seconds = int(2 * SECONDS)
        resource.setrlimit(
            resource.RLIMIT_CPU, (seconds if most == resource.RLIM_INFINITY else min(seconds, most), most)
        )
