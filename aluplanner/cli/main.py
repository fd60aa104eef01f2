"""Arguments in, exit code out."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from aluplanner import __version__
from aluplanner.analysis.question_error import QuestionError
from aluplanner.cli.claims import print_claims
from aluplanner.cli.diff import print_differences
from aluplanner.cli.exits import DONE, INTERRUPTED, PLAN_HAS_ERRORS, WRONG_USAGE, UsageError
from aluplanner.cli.export import export_living
from aluplanner.cli.merge import merge_files
from aluplanner.cli.output import say
from aluplanner.cli.question import add_out
from aluplanner.cli.questions import QUESTIONS
from aluplanner.cli.run import run_balance
from aluplanner.cli.template import make_template
from aluplanner.cli.validate import print_issues
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError
from aluplanner.model.measure import MeasureError

Render = Callable[[Path, Path], None]
"""Draws the window on a plan into a picture file."""


def main(argv: Sequence[str], render: Render) -> int:
    """Carry out one command and return its exit code.

    Parameters
    ----------
    argv
        The arguments behind the program's name.
    render
        Draws the window into a picture; kept out of this package, which knows no window.

    Returns
    -------
    int
        0 done, 1 the plan has errors, 2 wrong usage, 130 interrupted.
    """
    arguments = _parser().parse_args(argv)
    try:
        return _carry_out(arguments, render)
    except KeyboardInterrupt:
        say(tr("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as with `| head`; there is no one left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        return _tell(error, shows_details=arguments.debug)


def _tell(error: Exception, *, shows_details: bool) -> int:
    """Say what went wrong in sentences and return the exit code."""
    if isinstance(error, PlanError):
        for issue in error.issues:
            say(str(issue))
        return WRONG_USAGE if isinstance(error, QuestionError) else PLAN_HAS_ERRORS
    if isinstance(error, UsageError | MeasureError):
        say(str(error))
        return WRONG_USAGE
    if shows_details:
        traceback.print_exception(error)
    say(_what_went_wrong(error))
    return PLAN_HAS_ERRORS


def _what_went_wrong(error: Exception) -> str:
    if isinstance(error, OSError):
        return f"{error.strerror}: {error.filename}" if error.strerror and error.filename else str(error)
    return tr(
        "Something went wrong: {error}. Run again with --debug for the details.",
        error=error or type(error).__name__,
    )


def _carry_out(arguments: argparse.Namespace, render: Render) -> int:
    if arguments.command == "screenshot":
        return _screenshot(arguments, render)
    return _COMMANDS[arguments.command](arguments)


_COMMANDS: Final[Mapping[str, Callable[[argparse.Namespace], int]]] = {
    "run": lambda given: run_balance(given.file, given.scenario or [], given.out, as_json=given.json),
    "validate": lambda given: print_issues(given.file, given.marked, as_json=given.json),
    "claims": lambda given: print_claims(given.file, given.scenario or [], given.out, as_json=given.json),
    "template": lambda given: make_template(given.out, force=given.force, as_json=given.json),
    "export": lambda given: export_living(given.file, given.living, given.scenario, as_json=given.json),
    "diff": lambda given: print_differences(given.before, given.after, given.tolerance, as_json=given.json),
    "merge": lambda given: merge_files(given.files, given.out, given.prefer, as_json=given.json),
    **{question.name: question.answer for question in QUESTIONS},
}


def _screenshot(arguments: argparse.Namespace, render: Render) -> int:
    if arguments.out.suffix.lower() != ".png":
        raise UsageError(tr("The picture is a .png file: give OUT that ending."))
    render(arguments.file, arguments.out)
    if arguments.json:
        print(f'{{"picture": "{arguments.out.as_posix()}"}}')
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="aluplanner",
        description=tr("A monthly balance of China's primary aluminium, driven by plants and policy actions."),
        epilog=tr("aluplanner [FILE.xlsx] opens the window. Example: aluplanner run china-2017.xlsx"),
    )
    parser.add_argument("--version", action="version", version=f"aluplanner {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    run = _command(commands, "run", tr("work out the balance"), "aluplanner run china-2017.xlsx --out results.xlsx")
    _add_file(run)
    _add_scenarios(run)
    run.add_argument("--out", type=Path, metavar="OUT", help=tr("write the results as .xlsx, .csv or .json"))
    validate = _command(
        commands, "validate", tr("list everything wrong in a workbook"), "aluplanner validate plan.xlsx"
    )
    _add_file(validate)
    validate.add_argument(
        "--marked",
        type=Path,
        metavar="OUT.xlsx",
        help=tr("write a copy with the wrong cells marked, each with the reason"),
    )
    claims = _command(
        commands, "claims", tr("say which claims hold"), 'aluplanner claims plan.xlsx --scenario "Weak demand"'
    )
    _add_file(claims)
    _add_scenarios(claims)
    add_out(claims)
    template = _command(commands, "template", tr("write an empty plan to fill in"), "aluplanner template new.xlsx")
    template.add_argument("out", type=Path, metavar="OUT.xlsx", help=tr("the workbook to write"))
    template.add_argument("--force", action="store_true", help=tr("replace a file that is there"))
    shot = _command(
        commands, "screenshot", tr("draw the window into a picture"), "aluplanner screenshot plan.xlsx window.png"
    )
    _add_file(shot)
    shot.add_argument("out", type=Path, metavar="OUT.png", help=tr("the picture to write"))
    _add_export(commands)
    _add_diff(commands)
    _add_merge(commands)
    _add_questions(commands)
    return parser


def _add_export(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    export = _command(
        commands,
        "export",
        tr("write the model as a workbook of formulas"),
        'aluplanner export plan.xlsx --living model.xlsx --scenario "Weak demand"',
    )
    _add_file(export)
    export.add_argument(
        "--living",
        type=Path,
        required=True,
        metavar="OUT.xlsx",
        help=tr("the workbook to write; its formulas work out the balance in Excel and LibreOffice"),
    )
    export.add_argument("--scenario", metavar="NAME", help=tr("the scenario chosen at first; without it the base"))


def _add_diff(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    diff = _command(
        commands,
        "diff",
        tr("say how two copies of a plan differ"),
        "aluplanner diff june.xlsx july.xlsx --tolerance 1e-9",
    )
    diff.description = tr(
        "Rows are compared by name and cell by cell. Ends with 0 whether or not the copies differ,"
        " with 1 if one of them cannot be read."
    )
    diff.add_argument("before", type=Path, metavar="A", help=tr("a workbook"))
    diff.add_argument("after", type=Path, metavar="B", help=tr("another one"))
    diff.add_argument(
        "--tolerance",
        type=float,
        default=0.0,
        metavar="PART",
        help=tr("count numbers as equal that differ by no more than this part of the larger one"),
    )


def _add_merge(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    merge = _command(
        commands,
        "merge",
        tr("merge two planners' copies of a plan"),
        "aluplanner merge june.xlsx june-wang.xlsx june-li.xlsx --out july.xlsx",
    )
    merge.usage = "aluplanner merge [BASE] MINE YOURS --out OUT.xlsx [--prefer mine|yours] [--json] [--debug]"
    merge.description = tr(
        "With the common ancestor BASE, what only one copy changed is taken. Without it everything that differs is a"
        " conflict. Conflicts are listed with both values, nothing is written, and the command ends with 1, unless"
        " --prefer decides them. OUT is MINE's workbook with the merged plan in it."
    )
    merge.add_argument("files", type=Path, nargs="+", metavar="[BASE] MINE YOURS", help=tr("the workbooks"))
    merge.add_argument("--out", type=Path, required=True, metavar="OUT.xlsx", help=tr("the workbook to write"))
    merge.add_argument("--prefer", choices=["mine", "yours"], help=tr("whose version stands where they disagree"))


def _add_questions(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for question in QUESTIONS:
        parser = _command(commands, question.name, tr(question.does), question.example)
        if question.about:
            parser.description = tr(question.about)
        _add_file(parser)
        question.declare(parser)
        add_out(parser)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, does: str, example: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=does, description=does, epilog=tr("Example: {example}", example=example))
    parser.add_argument("--json", action="store_true", help=tr("print for machines, in full precision"))
    parser.add_argument("--debug", action="store_true", help=tr("show the details of an unexpected error"))
    return parser


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help=tr("the plan, an .xlsx workbook"))


def _add_scenarios(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--scenario",
        nargs="+",
        action="extend",
        metavar="NAME",
        help=tr("only these scenarios, Base for the base plan; without it all of them"),
    )
