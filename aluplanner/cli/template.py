"""``aluplanner template``: an empty plan to fill in."""

from pathlib import Path

from aluplanner.cli.exits import DONE
from aluplanner.cli.output import print_json
from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity
from aluplanner.workbook.template import write_template


def make_template(out: Path, *, force: bool, as_json: bool) -> int:
    """Write the template, but never over a file that is there unless told to.

    Parameters
    ----------
    out
        The workbook to write.
    force
        Whether to replace a file that is there.
    as_json
        Whether to print for machines.

    Raises
    ------
    PlanError
        If the file is there already or cannot be written.
    """
    if out.suffix.lower() != ".xlsx":
        raise PlanError([_refusal(tr("The template is an .xlsx workbook."), tr("Give OUT that ending."))])
    if out.exists() and not force:
        message = tr("{name} is there already.", name=out.name)
        raise PlanError([_refusal(message, tr("Choose another name, or add --force to replace it."))])
    write_template(out)
    if as_json:
        print_json({"template": out.as_posix()})
    return DONE


def _refusal(message: str, remedy: str) -> Issue:
    return Issue(Severity.ERROR, "file", message, remedy)
