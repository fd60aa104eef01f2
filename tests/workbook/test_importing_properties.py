"""Whatever stands in a foreign sheet: nothing raises, nothing is dropped, nothing becomes zero."""

from datetime import datetime
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aluplanner.document.importing import Mode, import_into, new_plan_from
from aluplanner.model.cell_text import MISSING_WORDS
from aluplanner.model.plan import TABLES
from aluplanner.model.schema import split_names
from aluplanner.workbook.headers import plain
from aluplanner.workbook.importing.converting import convert
from aluplanner.workbook.importing.mapping import SheetMapping, table_columns
from aluplanner.workbook.importing.matrices import laid_out
from aluplanner.workbook.importing.pages import Page, make_page
from aluplanner.workbook.importing.proposing import FOREIGN_TABLES, propose_for, propose_mapping
from aluplanner.workbook.sheet import Cell, Fault, SheetContents
from tests.document.small_plan import small_plan

TITLES = [
    column.title if number % 2 else column.title_zh
    for table in FOREIGN_TABLES
    for number, column in enumerate(TABLES[table].columns)
]
SYNONYMS = [name for table in FOREIGN_TABLES for c in TABLES[table].columns for name in split_names(c.synonyms)]
UNITS = ["", "(万吨)", " Mt/y", ", t/d", "（元/吨）", " (%)", "(USD/t)"]

headers = st.builds(str.__add__, st.sampled_from(TITLES + SYNONYMS), st.sampled_from(UNITS))
texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["1,200", "１２００", "n/a", "-", "45万吨", "约60", "2017年6月", "201706", "30%", "是", "合计", "All", "A; B"]
    ),
)
cells: st.SearchStrategy[Cell] = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    texts.filter(bool),
    st.booleans(),
    st.datetimes(datetime(1980, 1, 1), datetime(2120, 1, 1)),
    st.just(Fault("The cell shows the error #REF!.", "Correct it.")),
)


@st.composite
def pages(draw: st.DrawFn) -> Page:
    width = draw(st.integers(1, 7))
    above = draw(st.lists(st.lists(texts.filter(bool), max_size=2), max_size=2))
    titles = draw(st.lists(headers, min_size=width, max_size=width))
    body = draw(st.lists(st.lists(st.none() | cells, min_size=width, max_size=width), max_size=6))
    lines: list[list[Cell | None]] = [*([*line] for line in above), [*titles], *body]
    rows = [
        (number, {column: cell for column, cell in enumerate(line, start=1) if cell is not None})
        for number, line in enumerate(lines, start=1)
    ]
    area = draw(st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 3), st.integers(0, 3)))
    merged = ((area[0], area[1], area[0] + area[2], area[1] + area[3]),)
    return make_page(draw(st.sampled_from(["Data", "产能", "Monthly", "铝土矿"])), SheetContents(rows, merged=merged))


@given(pages(), st.sampled_from([*TABLES, ""]), st.sampled_from(list(Mode)))
def test_that_any_sheet_can_be_looked_at_and_taken(page: Page, table: str, mode: Mode) -> None:
    mapping = propose_mapping(page)
    if table:
        mapping = propose_for(page, table, mapping)
    assert SheetMapping.from_json(mapping.as_json()) == mapping
    converted = convert([page], [mapping])
    imported = import_into(small_plan(), converted, mode)
    again = import_into(imported.plan, converted, Mode.UPDATE)
    assert again.plan.table(table or "plants").keys == imported.plan.table(table or "plants").keys
    assert new_plan_from(converted, "Foreign").plan.horizon is not None


@given(pages(), st.sampled_from(FOREIGN_TABLES))
def test_that_every_cell_of_a_row_taken_is_a_value_or_a_text_with_its_reason(page: Page, table: str) -> None:
    mapping = propose_for(page, table, propose_mapping(page))
    shown = laid_out(page, mapping.layout)
    (converted,) = convert([page], [mapping]).tables
    for row in converted.rows:
        for column, cell in zip(converted.columns, row.cells, strict=True):
            source = shown.cell(row.number, mapping.taken[column.name].number)
            if source is None:
                assert (cell.value, cell.text, cell.problem) == (None, "", "")
            elif cell.problem:
                assert cell.value is None
                assert cell.place
                assert cell.text or not shown.words(row.number, mapping.taken[column.name].number)
            elif cell.value is None:
                assert (
                    cell.text.strip("\u3000 ").lower() in MISSING_WORDS
                    or not cell.text.isprintable()
                    or not plain(cell.text)
                )
            elif cell.value == 0:
                assert source in (0, False) or "0" in plain(str(source)) or isinstance(source, float)


@given(pages())
def test_that_a_row_is_taken_or_told_apart_but_never_lost(page: Page) -> None:
    mapping = propose_for(page, "plants", propose_mapping(page))
    (converted,) = convert([page], [mapping]).tables
    numbers = {choice.number for choice in mapping.taken.values()}
    shown = laid_out(page, mapping.layout)
    below = {number for number, row in shown.below(mapping.header_row) if numbers & row.keys()}
    assert below == {row.number for row in converted.rows} | set(converted.left_out or {})


@pytest.mark.parametrize("table", FOREIGN_TABLES)
def test_that_a_synonym_names_one_column_and_is_the_title_of_no_other(table: str) -> None:
    columns = table_columns(table)
    titles = {plain(title): c.name for c in columns for title in (c.title, c.title_zh, c.name)}
    synonyms = [(plain(name), column.name) for column in columns for name in split_names(column.synonyms)]
    assert len({name for name, _ in synonyms}) == len(synonyms)
    assert [name for name, column in synonyms if titles.get(name, column) != column] == []


def test_that_every_table_of_others_has_synonyms() -> None:
    assert all(TABLES[table].synonyms for table in FOREIGN_TABLES)
    lacking = [c.name for c in chain.from_iterable(map(table_columns, FOREIGN_TABLES)) if not c.synonyms]
    # what only plans state: no sheet of somebody else has a column of it
    assert set(lacking) <= {
        *(
            "enabled",
            "policy",
            "compliance",
            "operating_share",
            "delay",
            "phase_in",
            "phase_out",
            "repeats_yearly",
            "credit",
        ),
    }
