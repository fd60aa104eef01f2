"""Answers of analyses on the terminal or in a file, and how far they have come meanwhile."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from aluplanner.analysis.answer_table import Answer, AnswerTable, figure_text
from aluplanner.cli.exits import DONE, UsageError
from aluplanner.cli.output import print_json, print_table, say
from aluplanner.i18n import PLAIN, tr
from aluplanner.model.progress import watched
from aluplanner.workbook.answers import ANSWER_ENDINGS, write_answer
from aluplanner.workbook.plan_files import holds_plan

_BAR: Final = 30
_PATIENCE: Final = 0.3
"""Seconds of work that need no bar."""


def check_out(out: Path | None) -> None:
    """Say at once, before any work, that answers are not written there.

    Raises
    ------
    UsageError
        If the ending of OUT is none of those that answers have, or OUT is a plan.
    """
    if out is None:
        return
    if out.suffix.lower() not in ANSWER_ENDINGS:
        raise UsageError(
            tr("Answers are written as {endings}: give OUT one of these endings.", endings=", ".join(ANSWER_ENDINGS))
        )
    require_no_plan(out)


def require_no_plan(out: Path) -> None:
    """Keep plans from being replaced by results.

    Raises
    ------
    UsageError
        If there is a plan in the file already.
    """
    if holds_plan(out):
        raise UsageError(
            tr("{name} is a plan and is not replaced by results. Choose another name for OUT.", name=out.name)
        )


def deliver(answer: Answer, out: Path | None, *, as_json: bool) -> int:
    """Print an answer, or write it to a file, and return the exit code.

    Raises
    ------
    PlanError
        If the file cannot be written.
    """
    if out is not None:
        write_answer(answer, out)
        say(tr("Wrote {name}.", name=out.name))
    if as_json:
        print_json(answer.as_json())
    elif out is None:
        for place, table in enumerate(answer.tables()):
            if place:
                print()
            _print(table)
    return DONE


def _print(table: AnswerTable) -> None:
    print(table.title)
    if table.rows:
        texts = [
            [figure_text(column, figure, PLAIN) for column, figure in zip(table.columns, row, strict=True)]
            for row in table.rows
        ]
        print_table([column.title for column in table.columns], texts)
    for note in table.notes:
        print(note)


@contextmanager
def shown_progress() -> Iterator[None]:
    """Show on a terminal how far the work inside has come, if it takes its time."""
    if not sys.stderr.isatty():
        yield
        return
    bar = _Bar()
    try:
        with watched(progress=bar.show):
            yield
    finally:
        bar.clear()


class _Bar:
    """A bar on the last line of the terminal."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._shown = ""

    def show(self, done: float) -> None:
        if time.monotonic() - self._began < _PATIENCE:
            return
        full = round(done * _BAR)
        text = f"[{'#' * full}{'.' * (_BAR - full)}] {done:4.0%}"
        if text != self._shown:
            self._shown = text
            print(f"\r{text}", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        if self._shown:
            print("\r" + " " * len(self._shown) + "\r", end="", file=sys.stderr, flush=True)
