"""What a plan's workbook holds besides the plan: results, and who changed what."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aluplanner.i18n import tr
from aluplanner.model.balance import Balance
from aluplanner.model.plan import TABLES, Plan
from aluplanner.workbook.book_part import BookPart
from aluplanner.workbook.change_log import ChangeEntry, append_changes
from aluplanner.workbook.graft import graft
from aluplanner.workbook.looks import RESULT, Formats, make_book
from aluplanner.workbook.marks import BALANCE, CHARTS, LIVING, SUMMARY, is_marked, mark_sheet, marked_sheet, own_sheet
from aluplanner.workbook.package import Package

if TYPE_CHECKING:
    from xlsxwriter import Workbook


@dataclass(frozen=True)
class Besides:
    """The sheets of results and of changes that go into a plan's workbook.

    Parameters
    ----------
    balances
        The balance of each scenario, by name, the base first as ``Base``; ``None`` where there are none because the
        plan has errors.
    changes
        What was done since the last saving, oldest first.
    note
        What is said of the results besides.
    """

    balances: Mapping[str, Balance] | None
    changes: Sequence[ChangeEntry] = ()
    note: str = ""

    def put(self, package: Package, plan: Plan) -> None:
        """Put the sheets into a workbook in transitional markup, in place of those put there before.

        A sheet of the planner's own that happens to be called Summary is left alone. In a living model the results
        are formulas and stay.
        """
        if not is_marked(BookPart(package), LIVING):
            self._put_results(package, plan)
        append_changes(package, self.changes)

    def _put_results(self, package: Package, plan: Plan) -> None:
        from aluplanner.workbook.results_book import add_results
        from aluplanner.workbook.surgery.followers import forget_values

        book = BookPart(package)
        kinds = [SUMMARY, BALANCE, CHARTS]
        if not self.balances:
            kinds = [kind for kind in kinds if kind == SUMMARY or marked_sheet(book, kind)]
        stream = io.BytesIO()
        made = make_book(stream, is_1904=book.is_1904)
        if self.balances:
            add_results(made, plan, self.balances, {kind: kind for kind in kinds}, self.note)
        else:
            for kind in kinds:
                self._add_sentence(made, kind, plan)
        made.close()
        names = {kind: own_sheet(book, kind) for kind in kinds}
        graft(package, stream.getvalue(), names)
        for kind, name in names.items():
            mark_sheet(book, kind, name)
        forget_values(package, names.values(), _table_sheets(plan))

    def _add_sentence(self, made: "Workbook", kind: str, plan: Plan) -> None:
        """Add a sheet that says why there are no results."""
        from aluplanner.workbook.summary_sheet import add_title_block

        sheet = made.add_worksheet(kind)
        sheet.set_tab_color(f"#{RESULT}")
        sheet.hide_gridlines(2)
        reason = tr("There are no results: the plan has errors, which AluPlanner lists when it is opened.")
        add_title_block(sheet, Formats(made), plan, [reason, self.note])


def _table_sheets(plan: Plan) -> set[str]:
    """Return the sheets that hold the plan's tables."""
    from aluplanner.workbook.update import reading_of

    if plan.source is None:
        return {table.title for table in TABLES.values()}
    return {table.sheet for table in reading_of(plan.source).tables.values()}
