"""What a command that asks the model says of itself, and the arguments that several of them take."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE


@dataclass(frozen=True)
class Question:
    """A command that asks the model.

    Attributes
    ----------
    name
        The command.
    does
        What it does, in English; translated where it is shown.
    example
        A line to type.
    declare
        Adds its arguments; ``FILE``, ``--out``, ``--json`` and ``--debug`` are there already.
    answer
        Carries it out and returns the exit code.
    about
        What its help says besides, in English.
    """

    name: str
    does: str
    example: str
    declare: Callable[[argparse.ArgumentParser], None]
    answer: Callable[[argparse.Namespace], int]
    about: str = ""


def add_scenario(parser: argparse.ArgumentParser) -> None:
    """Let one scenario be named."""
    parser.add_argument("--scenario", metavar="NAME", default=BASE, help=tr("the scenario; without it the base"))


def add_measure(parser: argparse.ArgumentParser, default: str = "") -> None:
    """Let one measure be named; it must be unless there is a default."""
    shown = tr("what is measured, such as “balance 2017H2 sum”")
    parser.add_argument("--measure", metavar="MEASURE", required=not default, default=default or None, help=shown)


def add_out(parser: argparse.ArgumentParser) -> None:
    """Let the answer go to a file."""
    parser.add_argument(
        "--out", type=Path, metavar="OUT", help=tr("write the answer as .xlsx, .csv or .json instead of printing it")
    )
