"""Taking the rows of workbooks in that are not laid out as plans."""

from aluplanner.workbook.importing.converting import Converted, ConvertedCell, ConvertedRow, ConvertedTable, convert
from aluplanner.workbook.importing.mapping import ColumnChoice, SheetMapping
from aluplanner.workbook.importing.proposing import Proposal, SheetProposal, propose

__all__ = [
    "ColumnChoice",
    "Converted",
    "ConvertedCell",
    "ConvertedRow",
    "ConvertedTable",
    "Proposal",
    "SheetMapping",
    "SheetProposal",
    "convert",
    "propose",
]
