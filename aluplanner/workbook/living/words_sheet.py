"""The sheet Words: what words in the input sheets stand for."""

from aluplanner.i18n import tr
from aluplanner.workbook.living.area import Area
from aluplanner.workbook.living.layout import WORDS
from aluplanner.workbook.living.looks import TAB_WORKINGS
from aluplanner.workbook.living.words import (
    COMPLIANCE_NUMBERS,
    KIND_NUMBERS,
    PRODUCT_NUMBERS,
    YES_WORDS,
    Numbered,
    column_words,
    table_words,
)
from aluplanner.workbook.living.work import Work, write_title

_TOP = 5


def build_words(work: Work) -> None:
    """Write the lists, each with a name that formulas use."""
    page = work.book.page(WORDS, TAB_WORKINGS)
    write_title(
        page, tr("Words"), tr("The words that input cells may hold, in English and Chinese, and their numbers.")
    )
    page.worksheet.set_column(0, 20, 14)
    yes: Numbered = tuple((word, 1) for word in YES_WORDS)
    left = 1
    for name, title, words in (
        ("W_yes", tr("Yes"), yes),
        ("W_kind", tr("Kind"), KIND_NUMBERS),
        ("W_compliance", tr("Compliance"), COMPLIANCE_NUMBERS),
        ("W_product", tr("Product"), PRODUCT_NUMBERS),
        ("W_table", tr("Table"), table_words()),
    ):
        _write_list(work, left, (name, f"{name}_no"), (title, tr("Number")), words)
        left += 3
    columns = column_words(work.case.plan)
    titles = (tr("Table"), tr("Column"), tr("Number"))
    _write_list(work, left, ("W_column_table", "W_column", "W_column_no"), titles, columns)
    page.worksheet.freeze_panes(_TOP - 1, 0)


def _write_list(
    work: Work, left: int, names: tuple[str, ...], titles: tuple[str, ...], lines: tuple[tuple[str | int, ...], ...]
) -> None:
    grid = work.book[WORDS].grid
    grid.write_row(_TOP - 1, left, titles, "header")
    for row, line in enumerate(lines, start=_TOP):
        grid.write_row(row, left, line)
    for place, name in enumerate(names):
        work.book.name(name, Area(WORDS, _TOP, left + place, len(lines), 1))
