"""``aluplanner diff``: how two copies of a plan differ."""

from pathlib import Path

from aluplanner.analysis.difference_words import cell_heading, difference_texts, kind_word, shortened
from aluplanner.analysis.differences import Difference, plan_differences
from aluplanner.cli.copies import PlanCopy, counted, difference_json, read_copy
from aluplanner.cli.exits import DONE
from aluplanner.cli.output import print_json, print_table, say
from aluplanner.i18n import tr
from aluplanner.model.plan import TABLES


def print_differences(before: Path, after: Path, tolerance: float, *, as_json: bool) -> int:
    """Print how the plan in one workbook differs from that in another; 0 whether or not it does.

    Parameters
    ----------
    before, after
        The workbooks.
    tolerance
        Numbers that differ by no more than this part of the larger one count as equal.
    as_json
        Whether to print for machines.

    Raises
    ------
    PlanError
        If a workbook cannot be read.
    """
    copies = read_copy(before), read_copy(after)
    found = plan_differences(copies[0].plan, copies[1].plan, tolerance)
    if as_json:
        print_json({"differences": [_as_json(copies, one) for one in found]})
        return DONE
    if found:
        header = [tr("Table"), tr("Row"), tr("Column"), before.name, after.name]
        print_table(header, [_row(copies, one) for one in found])
    say(tr("{counts}.", counts=counted(found)) if found else tr("No difference."))
    return DONE


def _row(copies: tuple[PlanCopy, PlanCopy], found: Difference) -> list[str]:
    one, other = copies[0].plan, copies[1].plan
    column = cell_heading(other, found.table, found.column) if found.column else f"({kind_word(found.kind)})"
    texts = shortened(*difference_texts(one, other, found))
    blank = tr("blank") if found.column else ""
    return [TABLES[found.table].heading, found.row, column, *(text or blank for text in texts)]


def _as_json(copies: tuple[PlanCopy, PlanCopy], found: Difference) -> dict[str, object]:
    cells = [
        copy.cell(found.table, place, found.column)
        for copy, place in zip(copies, (found.before, found.after), strict=True)
    ]
    return difference_json(found) | {name: cell for name, cell in zip(("cell_a", "cell_b"), cells, strict=True) if cell}
