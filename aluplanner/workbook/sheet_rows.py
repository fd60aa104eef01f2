"""Moving the rows of a sheet, with everything that stands in them."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Final

from openpyxl.cell.cell import MergedCell
from openpyxl.formula.translate import Translator
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

_FIRST_ROW: Final = 2


@dataclass
class Arrangement:
    """Where the rows of a sheet go.

    Attributes
    ----------
    targets
        The row of each record, in the new order.
    moves
        The new row of each old row that stays.
    dropped
        Old rows that go.
    """

    targets: list[int] = field(default_factory=list)
    moves: dict[int, int] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)

    def model_row(self, position: int) -> int | None:
        """Return the row whose looks a new record takes: the nearest above that was there, else below."""
        kept = set(self.moves.values())
        above = [row for row in self.targets[:position] if row in kept]
        below = [row for row in self.targets[position + 1 :] if row in kept]
        return above[-1] if above else below[0] if below else None


def arrange(rows: Sequence[int], matches: Sequence[int | None]) -> Arrangement:
    """Return where the rows of a sheet go.

    Parameters
    ----------
    rows
        The sheet's row of each old record.
    matches
        For each new record the old one it continues, ``None`` where it is new.

    Rows without a record (empty ones, remarks in the planner's own columns) stay above the record they
    stand above.
    """
    arrangement = Arrangement()
    kept = {match for match in matches if match is not None}
    leaders: dict[int, list[int]] = {}
    waiting: list[int] = []
    before = _FIRST_ROW - 1
    for index, row in enumerate(rows):
        waiting += range(before + 1, row)
        before = row
        if index in kept:
            leaders[index], waiting = waiting, []
        else:
            arrangement.dropped.append(row)
    target = _FIRST_ROW
    for match in matches:
        if match is not None:
            for row in leaders[match]:
                arrangement.moves[row] = target
                target += 1
            arrangement.moves[rows[match]] = target
        arrangement.targets.append(target)
        target += 1
    for row in waiting:
        arrangement.moves[row] = target
        target += 1
    return arrangement


def rearrange(sheet: Worksheet, arrangement: Arrangement, last_used: int) -> None:
    """Move the rows of a sheet; ``last_used`` is its last row with anything in it."""
    end = max([*arrangement.moves, *arrangement.dropped, _FIRST_ROW - 1])
    new_end = max([*arrangement.moves.values(), *arrangement.targets, _FIRST_ROW - 1])
    # what stands below the last record keeps its distance
    for row in range(end + 1, last_used + 1):
        arrangement.moves[row] = row + new_end - end
    moves = {row: target for row, target in arrangement.moves.items() if row != target}
    if moves or arrangement.dropped:
        _move(sheet, moves, arrangement.dropped, parking=max(last_used, new_end) + 1)
    if new_end != end:
        _stretch(sheet, end, new_end)


def _move(sheet: Worksheet, moves: dict[int, int], dropped: Sequence[int], parking: int) -> None:
    """Move rows to a parking place below everything else, then to where they belong."""
    merged = _unmerge(sheet, {*moves, *dropped})
    looks = {row: copy(sheet.row_dimensions[row]) for row in moves if row in sheet.row_dimensions}
    width = sheet.max_column
    parked: dict[int, int] = {}
    for place, row in enumerate([*moves, *dropped]):
        parked[row] = parking + place
        sheet.move_range(CellRange(min_col=1, max_col=width, min_row=row, max_row=row), rows=parked[row] - row)
        if row in sheet.row_dimensions:
            del sheet.row_dimensions[row]
    for row, target in moves.items():
        cells = CellRange(min_col=1, max_col=width, min_row=parked[row], max_row=parked[row])
        sheet.move_range(cells, rows=target - parked[row])
        _settle(sheet, row, target, width)
        if row in looks:
            looks[row].index = target
            sheet.row_dimensions[target] = looks[row]
    sheet.delete_rows(parking, len(parked))
    for area in merged:
        if area.min_row in moves:
            area.shift(row_shift=moves[area.min_row] - area.min_row)
            sheet.merge_cells(area.coord)


def _unmerge(sheet: Worksheet, rows: set[int]) -> list[CellRange]:
    """Take apart what is merged in rows that move; return what lies in one row and can be merged again."""
    touched = [area for area in sheet.merged_cells.ranges if not rows.isdisjoint(range(area.min_row, area.max_row + 1))]
    for area in touched:
        sheet.unmerge_cells(area.coord)
    return [CellRange(area.coord) for area in touched if area.min_row == area.max_row]


def _settle(sheet: Worksheet, row: int, target: int, width: int) -> None:
    """Let the formulas and links of a moved row point from where it stands now."""
    for number in range(1, width + 1):
        cell = sheet.cell(target, number)
        if isinstance(cell, MergedCell):
            continue
        if cell.data_type == "f" and isinstance(cell.value, str):
            origin = f"{cell.column_letter}{row}"
            cell.value = Translator(cell.value, origin).translate_formula(cell.coordinate)
        if cell.hyperlink:
            cell.hyperlink.ref = cell.coordinate


def _stretch(sheet: Worksheet, end: int, new_end: int) -> None:
    """Let filters, Excel tables and validations that ended with the last record end with the new last one."""
    sheet.auto_filter.ref = _stretched(sheet.auto_filter.ref, end, new_end)
    for table in sheet.tables.values():
        table.ref = _stretched(table.ref, end, new_end) or table.ref
        if table.autoFilter is not None:
            table.autoFilter.ref = _stretched(table.autoFilter.ref, end, new_end)
    for validation in sheet.data_validations.dataValidation:
        for area in validation.sqref.ranges:
            if area.max_row == end and area.min_row <= min(end, new_end):
                area.expand(down=new_end - end)


def _stretched(ref: str | None, end: int, new_end: int) -> str | None:
    if not ref:
        return None
    area = CellRange(ref)
    if area.max_row != end or new_end <= area.min_row:
        return ref
    return CellRange(min_col=area.min_col, max_col=area.max_col, min_row=area.min_row, max_row=new_end).coord
