"""A column's title is written where the column is declared and nowhere else."""

import ast
from pathlib import Path

import pytest

import aluplanner
from aluplanner.model.actions import WINTER_REGION
from aluplanner.model.measure import COUNTRY_SERIES
from aluplanner.model.plan import TABLES

PACKAGE = Path(aluplanner.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
COLUMNS = [column for table in TABLES.values() for column in table.columns]
# A single word such as Month is also a word of the language; a series or a target may share a column's words.
OTHER_WORDS = {title for title, _ in COUNTRY_SERIES.values()} | {WINTER_REGION}
TITLES = {column.title for column in COLUMNS if len(column.title.split()) > 1} - OTHER_WORDS
HEADERS = {column.header for column in COLUMNS if column.unit}
CHINESE = {column.title_zh for column in COLUMNS if len(column.title_zh) > 2}


def literals(tree: ast.Module) -> list[str]:
    """Return the texts of a module, without those that declare a column or a table."""
    declaring = {
        id(text)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in ("declare", "Column", "Table", "_number", "_fraction")
        for argument in call.args
        for text in ast.walk(argument)
    }
    return [
        text.value
        for text in ast.walk(tree)
        if isinstance(text, ast.Constant) and isinstance(text.value, str) and id(text) not in declaring
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_that_no_column_title_is_written_a_second_time(path: Path) -> None:
    found = literals(ast.parse(path.read_text(encoding="utf-8")))
    assert [text for text in found if text.strip() in TITLES | HEADERS | CHINESE] == []


def test_that_a_title_written_a_second_time_is_found() -> None:
    assert "Built (kt/y)" in HEADERS
    assert "First output" in TITLES
    assert literals(ast.parse('header = "Built (kt/y)"')) == ["Built (kt/y)"]
    assert literals(ast.parse('declare("First output", "投产月份", Type.MONTH)')) == []
