"""``python -m aluplanner``: the command line where a command is named, the window otherwise."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(argv: Sequence[str] | None = None) -> int:
    """Start the program and return its exit code."""
    # The balance multiplies many small matrices. Threads in the linear algebra library only get in each other's way
    # there, and in the way of the window.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and (arguments[0] in _commands() or arguments[0].startswith("-")):
        from aluplanner.cli import main as command_line

        return command_line(arguments, _render)
    from aluplanner.app import main_window

    return main_window(arguments)


def _commands() -> tuple[str, ...]:
    from aluplanner.cli import COMMANDS

    return COMMANDS


def _render(file: Path, out: Path) -> None:
    """Draw the window on a plan; the only way from the command line to Qt."""
    from aluplanner.app import render_window

    render_window(file, out)


if __name__ == "__main__":
    sys.exit(main())
