"""Reading in a process of its own: the same answers, and an end whatever happens."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import aluplanner
from aluplanner.workbook.apart import RAW_READER, read_apart, reader_command
from aluplanner.workbook.container import BookReader, Container
from aluplanner.workbook.markup import PartError
from aluplanner.workbook.raw import limits
from aluplanner.workbook.raw.memory import OUT_OF_MEMORY
from tests.workbook.books import EXAMPLE, book_bytes, patched

ROOT = str(Path(aluplanner.__file__).parent.parent)
DATA = EXAMPLE.read_bytes()
LONG = book_bytes({"S": [[1]]}) + os.urandom(3_000_000)
"""More than a pipe takes before somebody reads; what follows an archive does no harm."""


@pytest.fixture(autouse=True)
def _nothing_left(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """See to it that every process that a test starts to read has ended, and that the system has forgotten it."""
    started = []

    class Popen(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            started.append(self)

    monkeypatch.setattr("aluplanner.workbook.apart.subprocess.Popen", Popen)
    yield
    assert all(process.returncode is not None for process in started)


def running(script: str) -> list[str]:
    return [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.append({ROOT!r})\n{script}"]


def everything(book: BookReader) -> object:
    return book.sheets, [(book.read(sheet), book.read_notes(sheet)) for sheet in book.sheets]


def failure(data: bytes, command: list[str], seconds: float = limits.SECONDS) -> PartError:
    """Return the error of opening a workbook."""
    with pytest.raises(PartError) as caught, read_apart(data, command=command, seconds=seconds):
        pytest.fail("it was opened")
    assert caught.value.message
    assert caught.value.remedy
    return caught.value


def test_that_another_process_reads_the_same() -> None:
    with read_apart(DATA) as book:
        assert everything(book) == everything(Container(DATA))


def test_that_every_kind_of_cell_crosses_the_pipe() -> None:
    kinds = (
        '<row r="3"><c r="A3"><v>1.5</v></c><c r="B3" t="b"><v>1</v></c><c r="C3" t="b"><v>0</v></c>'
        '<c r="D3" t="e"><v>#N/A</v></c><c r="E3" t="str"><v>_xD800_ 二 \U0001f600</v></c><c r="F3"><f>A1</f></c>'
        '<c r="G3" t="d"><v>2017-06-01T12:30:00.5</v></c><c r="H3" t="inlineStr"><is><r><t>rich</t></r></is></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row><row r="3"><c r="B3"><v>3</v></c></row>'
    )
    data = patched(
        book_bytes({"S": [[1]]}), "sheet1", lambda _: f"<worksheet><sheetData>{kinds}</sheetData></worksheet>"
    )
    with read_apart(data) as book:
        contents = book.read(book.sheets[0])
        assert contents == Container(data).read(book.sheets[0])
    assert [number for number, _ in contents.rows] == [2, 3]
    assert contents.rows[1][1][2] == 3.0
    assert contents.rows[1][1][5] == "\ud800 二 \U0001f600"


def test_that_sheets_that_are_expected_can_be_read_in_any_order() -> None:
    data = patched(DATA, r"sheet2\.xml$", lambda text: text[:-30])
    usual = Container(data)
    with read_apart(data) as book:
        first, second, third, fourth, *_ = book.sheets
        book.expect([first, second, third, first])
        assert book.read(third) == usual.read(third)
        assert book.read_notes(first) == usual.read_notes(first)
        assert book.read(first) == book.read(first) == usual.read(first)
        with pytest.raises(PartError) as caught:
            book.read(second)
        assert caught.value.code == "damaged-xml"
        book.expect([])
        assert book.read(fourth) == usual.read(fourth)


def test_that_what_is_expected_and_never_read_does_no_harm() -> None:
    with read_apart(DATA) as book:
        book.expect(book.sheets)


def test_that_a_workbook_that_is_closed_says_so() -> None:
    with read_apart(DATA) as book:
        first, second, *_ = book.sheets
        book.expect([first])
    for sheet in (first, second):
        with pytest.raises(PartError, match="closed"):
            book.read(sheet)


def test_that_notes_cross_the_pipe() -> None:
    from openpyxl import Workbook
    from openpyxl.comments import Comment

    made, stream = Workbook(), BytesIO()
    made.active["C5"] = 1
    made.active["C5"].comment = Comment("last good value 3 → 4", "AluPlanner")
    made.save(stream)
    with read_apart(stream.getvalue()) as book:
        assert book.read_notes(book.sheets[0]) == {(5, 3): "last good value 3 → 4"}


@pytest.mark.parametrize(("data", "code"), [(b"", "empty"), (b"PK", "damaged-zip"), (b"Plant;Built", "not-a-workbook")])
def test_that_what_is_no_workbook_is_refused_by_the_same_codes(data: bytes, code: str) -> None:
    assert failure(data, []).code == code
    with pytest.raises(PartError) as caught:
        Container(data)
    assert caught.value.code == code


def test_that_a_damaged_sheet_leaves_the_others_readable() -> None:
    data = patched(DATA, r"sheet2\.xml$", lambda text: text[:-30])
    with read_apart(data) as book:
        first, second, third, *_ = book.sheets
        with pytest.raises(PartError) as caught:
            book.read(second)
        assert caught.value.code == "damaged-xml"
        assert not caught.value.is_final
        assert book.read(first) == Container(data).read(first)
        assert book.read(third) == Container(data).read(third)


def test_that_a_reader_that_takes_too_long_is_ended() -> None:
    assert failure(DATA, running("sys.stdin.buffer.read()"), 0.2).code == "too-slow"


def test_that_a_reader_that_stops_reading_is_ended() -> None:
    assert failure(LONG, running("import threading; threading.Event().wait()"), 0.2).code == "too-slow"


def test_that_time_is_given_once_for_all_questions() -> None:
    wait = "import aluplanner.workbook.raw.child as child, threading; wait = threading.Event().wait\n"
    slow = wait + "found = child._found\nchild._found = lambda *asked: (wait(0.15), found(*asked))[1]\nchild.main()"
    with read_apart(DATA, command=running(slow), seconds=1.0) as book:
        with pytest.raises(PartError) as caught:
            [book.read(book.sheets[0]) for _ in range(20)]
        assert caught.value.code == "too-slow"
        assert caught.value.is_final
        with pytest.raises(PartError, match="too long"):
            book.read(book.sheets[1])


@pytest.mark.parametrize(
    "script",
    ["import os; os.abort()", "sys.exit(3)", "import os; os.close(0); os.close(1)", "sys.stdin.buffer.read(5)"],
)
def test_that_a_reader_that_dies_is_told(script: str) -> None:
    assert failure(LONG, running(script)).code == "crashed"


@pytest.mark.parametrize("answer", [b"", b"=", b"=[1, 2]", b"!", b'!["no such code", ""]', b"!7", b"=[0, [[1]]]"])
def test_that_an_answer_without_sense_is_a_failure(answer: bytes) -> None:
    script = (
        "import os\nfrom aluplanner.workbook.raw.frames import receive, send\n"
        "source, sink = open(0, 'rb', 0), open(1, 'wb', 0)\n"
        f"receive(source), receive(source), send(sink, [{answer!r}])\nreceive(source)"
    )
    assert failure(DATA, running(script)).code == "crashed"


def test_that_a_reader_that_cannot_be_started_is_told() -> None:
    assert failure(DATA, ["/no/such/program"]).code == "crashed"


@pytest.mark.skipif(sys.platform == "win32", reason="a job limits memory there, from its own process on")
def test_that_a_reader_that_takes_too_much_memory_is_ended() -> None:
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(DATA)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name) if "sheet1.xml" not in name else b"<worksheet>" + b" " * 200_000_000)
    script = "import aluplanner.workbook.raw.child as child; child.MEMORY = 100_000_000; sys.exit(child.main())"
    with read_apart(made.getvalue(), command=running(script)) as book, pytest.raises(PartError) as caught:
        book.read(book.sheets[0])
    assert caught.value.code == "too-much-memory"


@pytest.mark.skipif(sys.platform == "win32", reason="memory is limited by a job there")
def test_that_memory_is_watched_where_the_system_does_not_limit_it() -> None:
    script = (
        "from aluplanner.workbook.raw.memory import watch_memory\nwatch_memory(60_000_000)\n"
        "import threading; kept = bytearray(100_000_000); threading.Event().wait(20)"
    )
    assert subprocess.run(running(script), check=False, timeout=30).returncode == OUT_OF_MEMORY


def test_that_reading_apart_loads_nothing_heavy() -> None:
    script = "import aluplanner.workbook.raw.child; print(*sys.modules)"
    loaded = set(subprocess.run(running(script), capture_output=True, check=True, text=True).stdout.split())
    assert "aluplanner.workbook.raw.book" in loaded
    heavy = (
        "numpy",
        "pandas",
        "openpyxl",
        "xlsxwriter",
        "PySide6",
        "aluplanner.model",
        "aluplanner.i18n",
        "dataclasses",
    )
    assert not loaded.intersection(heavy)


def test_that_the_program_itself_can_be_the_reader() -> None:
    command = [sys.executable, "-m", "aluplanner", RAW_READER]
    with read_apart(DATA, command=command) as book:
        assert book.sheets == Container(DATA).sheets


def test_that_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert reader_command() == [sys.executable, RAW_READER]


def test_that_nothing_is_left_of_the_process_when_the_block_fails() -> None:
    class PlannersError(Exception):
        pass

    def leave(read: Callable[..., object]) -> None:
        raise PlannersError(read)

    with pytest.raises(PlannersError), read_apart(DATA) as book:
        leave(book.read)
