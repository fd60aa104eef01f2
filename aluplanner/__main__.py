"""``python -m aluplanner``: the command line where a command is named, the window otherwise."""

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_RAW_READER = "--raw-reader"
"""A frozen program starts itself with this argument to read a workbook; see :mod:`aluplanner.workbook.apart`."""

_INTERRUPTED = 130
"""Exit code of a command that was stopped with Ctrl-C; the others are in :mod:`aluplanner.cli.exits`."""


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments == [_RAW_READER]:
        from aluplanner.workbook.raw.child import main as read_raw

        return read_raw()
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a frozen program that is started as a worker ends here
    # The balance multiplies many small matrices. Threads in the linear algebra library only get in each other's way
    # there, and in the way of the window.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if arguments and not _names_a_file(arguments):
        try:
            from aluplanner.cli import main as command_line
        except KeyboardInterrupt:  # it takes its time, and whoever stops it there needs no traceback
            return _INTERRUPTED
        return command_line(arguments, _render)
    gc.disable()  # what is loaded now stays to the end; the window's collector takes over later
    from aluplanner.app import main_window

    return main_window(arguments)


def _names_a_file(arguments: Sequence[str]) -> bool:
    """Return whether the arguments are one workbook to open; anything else is for the command line to judge."""
    return len(arguments) == 1 and (arguments[0].lower().endswith(".xlsx") or Path(arguments[0]).exists())


def _render(file: Path, out: Path) -> None:
    """Draw the window on a plan; the only way from the command line to Qt."""
    from aluplanner.app import render_window

    render_window(file, out)


if __name__ == "__main__":
    sys.exit(main())
