"""Arguments in, exit code out."""

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

from aluplanner import __version__
from aluplanner.cli.claims import print_claims
from aluplanner.cli.exits import DONE, INTERRUPTED, PLAN_HAS_ERRORS, WRONG_USAGE, UsageError
from aluplanner.cli.output import say
from aluplanner.cli.run import run_balance
from aluplanner.cli.template import make_template
from aluplanner.cli.validate import print_issues
from aluplanner.i18n import tr
from aluplanner.model.issues import PlanError

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
    except PlanError as error:
        for issue in error.issues:
            say(str(issue))
        return PLAN_HAS_ERRORS
    except UsageError as error:
        say(str(error))
        return WRONG_USAGE
    except KeyboardInterrupt:
        say(tr("Interrupted."))
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone, as with `| head`; there is no one left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:
        if arguments.debug:
            traceback.print_exc()
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
    if arguments.command == "run":
        return run_balance(arguments.file, arguments.scenario or [], arguments.out, as_json=arguments.json)
    if arguments.command == "validate":
        return print_issues(arguments.file, as_json=arguments.json)
    if arguments.command == "claims":
        return print_claims(arguments.file, arguments.scenario or [], as_json=arguments.json)
    if arguments.command == "template":
        return make_template(arguments.out, force=arguments.force, as_json=arguments.json)
    return _screenshot(arguments, render)


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
    claims = _command(
        commands, "claims", tr("say which claims hold"), 'aluplanner claims plan.xlsx --scenario "Weak demand"'
    )
    _add_file(claims)
    _add_scenarios(claims)
    template = _command(commands, "template", tr("write an empty plan to fill in"), "aluplanner template new.xlsx")
    template.add_argument("out", type=Path, metavar="OUT.xlsx", help=tr("the workbook to write"))
    template.add_argument("--force", action="store_true", help=tr("replace a file that is there"))
    shot = _command(
        commands, "screenshot", tr("draw the window into a picture"), "aluplanner screenshot plan.xlsx window.png"
    )
    _add_file(shot)
    shot.add_argument("out", type=Path, metavar="OUT.png", help=tr("the picture to write"))
    return parser


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
