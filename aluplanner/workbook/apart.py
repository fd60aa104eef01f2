"""Workbooks read in a process of their own, which may not take long, use much memory or bring the program down."""

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Final, cast

import aluplanner
from aluplanner.i18n import tr
from aluplanner.workbook.container import SheetPart
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw.child import ANSWER, FAILURE, NOTES, OPEN, READ
from aluplanner.workbook.raw.errors import CODES, RawError
from aluplanner.workbook.raw.frames import Reading, receive, send
from aluplanner.workbook.raw.kinds import check_size
from aluplanner.workbook.raw.limits import SECONDS
from aluplanner.workbook.raw.memory import OUT_OF_MEMORY
from aluplanner.workbook.raw.packed import PackedSheet
from aluplanner.workbook.sheet import SheetContents
from aluplanner.workbook.unpacking import unpacked

RAW_READER: Final = "--raw-reader"
"""The argument that makes a frozen program the reading process."""

# isolated and without site-packages: nothing but the standard library and this package is needed
_START: Final = (
    "import sys; sys.path.append(sys.argv[1]); from aluplanner.workbook.raw.child import main; sys.exit(main())"
)


_PIPE: Final = 1 << 20
"""Bytes that a pipe holds, where the system lets itself be asked."""


def reader_command() -> list[str]:
    """Return the command that starts the reading process."""
    if getattr(sys, "frozen", False):
        return [sys.executable, RAW_READER]
    # on Windows the python of a virtual environment only starts the real one, which would outlive it
    python = getattr(sys, "_base_executable", None) or sys.executable
    folder = Path(aluplanner.__file__).resolve().parent.parent
    return [python, "-I", "-S", "-c", _START, str(folder)]


@contextmanager
def read_apart(data: bytes, *, command: Sequence[str] = (), seconds: float = SECONDS) -> Iterator["ApartBook"]:
    """Open a workbook in a process of its own, which ends with the block.

    Parameters
    ----------
    data
        The bytes of the file.
    command
        What to start instead of the program's own reading process.
    seconds
        How long that process may take for everything asked of it; what is done between two questions does not count.

    Raises
    ------
    PartError
        If the bytes are no .xlsx workbook, or one that cannot be read within the limits.
    """
    try:
        check_size(len(data))
    except RawError as error:
        raise PartError.of(error) from error
    reader = _Process(command or reader_command(), seconds)
    try:
        yield ApartBook(reader, data)
    finally:
        reader.end()


class ApartBook:
    """A workbook that another process has opened; see :func:`read_apart`."""

    def __init__(self, process: "_Process", data: bytes) -> None:
        self._process = process
        self._expected: list[str] = []
        self._came: dict[str, bytes] = {}
        process.tell(data)
        process.ask(OPEN, [""])
        with process.sense_made():
            self._is_1904, sheets = json.loads(process.opened(process.answer()))
            self._sheets = tuple(SheetPart(name, part, is_hidden) for name, part, is_hidden in sheets)

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """The worksheets, in the order of their tabs; chart sheets are left out."""
        return self._sheets

    def expect(self, sheets: Iterable[SheetPart]) -> None:
        """Let the other process read sheets, in this order, while this one goes on.

        Parameters
        ----------
        sheets
            Those that will be asked for; what each of them gives is told when it is.
        """
        self._take_all()
        self._expected = list(dict.fromkeys(sheet.part for sheet in sheets))
        self._process.ask(READ, self._expected)

    def read(self, sheet: SheetPart) -> SheetContents:
        """Return what a sheet holds.

        Raises
        ------
        PartError
            If the sheet's part is missing or damaged, or reading it goes beyond the limits.
        """
        while sheet.part in self._expected:
            self._take()
        answer = self._came.pop(sheet.part, None) or self._ask(READ, sheet.part)
        contents = self._process.opened(answer)
        with self._process.sense_made():
            return unpacked(PackedSheet.from_bytes(contents), self._is_1904)

    def read_notes(self, sheet: SheetPart) -> dict[tuple[int, int], str]:
        """Return the notes on the cells of a sheet, by (row, column).

        Raises
        ------
        PartError
            If the part that holds them is missing or damaged, or reading it goes beyond the limits.
        """
        contents = self._process.opened(self._ask(NOTES, sheet.part))
        with self._process.sense_made():
            return {(row, column): text for row, column, text in json.loads(contents)}

    def _ask(self, word: str, part: str) -> bytes:
        self._take_all()
        self._process.ask(word, [part])
        return self._process.answer()

    def _take_all(self) -> None:
        while self._expected:
            self._take()

    def _take(self) -> None:
        part = self._expected.pop(0)
        self._came[part] = self._process.answer()


class _Process:
    """The reading process, seen from here."""

    def __init__(self, command: Sequence[str], seconds: float) -> None:
        self._left = seconds
        self._is_late = False
        self._ended: PartError | None = None
        flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # only Windows has it
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        try:
            self._process = subprocess.Popen(
                command, bufsize=0, stdin=pipe, stdout=pipe, stderr=nothing, creationflags=flags, pipesize=_PIPE
            )
        except OSError as error:
            raise PartError.of(RawError("crashed", error.strerror or str(error))) from error

    def tell(self, message: bytes) -> None:
        """Send a message; whether anybody reads it shows when an answer is due."""
        stdin = self._process.stdin
        with self._watched(), suppress(OSError):
            if stdin is not None:
                send(stdin, [message])

    def ask(self, word: str, parts: Sequence[str]) -> None:
        """Ask for something of each of some parts."""
        if parts and self._ended is None:
            self.tell(json.dumps([word, *parts]).encode())

    def answer(self) -> bytes:
        """Return the next answer.

        Raises
        ------
        PartError
            Why there is none.
        """
        if self._ended is not None:
            raise self._ended
        stdout = self._process.stdout
        try:
            with self._watched():
                # without a buffer it is what reads into one
                return receive(cast(Reading, stdout)) if stdout is not None else b""
        except (EOFError, OSError):
            self._ended = PartError.of(self._reason())
            raise self._ended from None

    def opened(self, answer: bytes) -> bytes:
        """Return what an answer holds.

        Raises
        ------
        PartError
            What it says is wrong.
        """
        if answer[:1] == ANSWER:
            return answer[1:]
        with self.sense_made():
            code, detail = json.loads(answer.removeprefix(FAILURE))
            if code not in CODES:
                raise ValueError(code)
        raise PartError.of(RawError(code, detail))

    def end(self) -> None:
        """End the process if it still runs; nothing of it is left afterwards."""
        self._ended = self._ended or PartError.of(RawError("crashed", tr("the workbook is closed")))
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    @contextmanager
    def sense_made(self) -> Iterator[None]:
        """Take an answer that makes no sense for a process that has failed."""
        try:
            yield
        except (ValueError, TypeError, KeyError, IndexError, OverflowError) as error:
            self._ended = PartError.of(RawError("crashed", str(error)))
            raise self._ended from error

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """End the process if waiting for it takes longer than is left."""
        started = monotonic()
        alarm = Timer(max(self._left, 0), self._give_up)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()
            self._left -= monotonic() - started

    def _give_up(self) -> None:
        self._is_late = True
        self._process.kill()

    def _reason(self) -> RawError:
        """Return why the process has ended."""
        self._process.kill()  # it may have closed the pipe only
        code = self._process.wait()
        if self._is_late:
            return RawError("too-slow")
        if code == OUT_OF_MEMORY:
            return RawError("too-much-memory")
        return RawError("crashed", str(code))
