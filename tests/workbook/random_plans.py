"""Random plans with hostile contents, made from the declarations of the columns alone."""

from typing import Any

from hypothesis import strategies as st

from aluplanner.model.calendar import FIRST_YEAR, LAST_YEAR, Month
from aluplanner.model.cell_text import clean_number
from aluplanner.model.plan import TABLES, Plan, plan_from_tables
from aluplanner.model.schema import BLANK, Column, Table, Type, fold

TRICKY = (
    *(
        "=1+1",
        "+5",
        "-3",
        "@SUM(A1)",
        "=cmd|' /C calc'!A0",
        "#N/A",
        "#DIV/0!",
        "TRUE",
        "2017",
        "1.0",
        "3月",
        "007",
        "1e5",
    ),
    *("n/a", "-", "_x000D_", "_x005F_x000D_", "_x0041_", "a_xD83D_b", "<b>&amp;</b>", "]]>", 'say "it"', "'quoted"),
    *("two\nlines", "tab\tbed", "\u3000full\u3000width", "铝厂（二期）", "𠮷野家", "e\u0301", "\u202eright to left"),
    *("zero\u200bwidth", "\u00a0", "\u0085", "a\u2028b", "😀👩‍👩‍👧‍👦", "\U0010ffff"),
    *("bell\x07", "\x00", "half\ud800", "line\r\nline\rline", " blanks  inside ", "_xD83D__xDE00_", "_x0000_"),
    *("'=1+1", "＝1+1", "\t=1", "http://example.org/?a=1&b=2", "mailto:me@example.org", "2017-06", "30%", "1,200"),
)
LONGEST = ("x" * 32_767, "😀" * 16_383, "铝" * 32_767, "=" * 32_767)
"""Texts as long as a cell can be."""

texts = st.one_of(
    st.sampled_from(TRICKY + LONGEST),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t"), max_size=20),
    st.text("=+-@'\"_x0 ;/!&<>\n", max_size=12),
)
numbers = st.one_of(
    st.floats(-1e300, 1e300),
    st.floats(-1e7, 1e7).map(lambda number: round(number, 3)),
    st.sampled_from([0.1, 0.2, 0.30000000000000004, 1 / 3, 2**53 + 2.0, 5e-324, 1e300, -0.0]),
).map(clean_number)
months = st.builds(Month.of, st.integers(FIRST_YEAR, LAST_YEAR), st.integers(1, 12))


def values(column: Column) -> st.SearchStrategy[Any]:
    """Return values of a column's type; bounds are the rules' business, not the workbook's."""
    if column.type in (Type.NUMBER, Type.FRACTION):
        return numbers
    return {Type.MONTH: months, Type.YES_NO: st.booleans(), Type.CHOICE: st.sampled_from(column.choices or ("",))}.get(
        column.type, texts
    )


def parameters(declared: Column) -> st.SearchStrategy[Any]:
    """Return values of a parameter; years and counts inside their bounds, since the horizon is made of them."""
    if declared.minimum is not None and declared.maximum is not None:
        return st.floats(declared.minimum, declared.maximum).map(clean_number)
    return values(declared)


def records(table: Table[Any]) -> st.SearchStrategy[Any]:
    cells: dict[str, Any] = {
        column.name: values(column) if column.name in table.key else st.none() | values(column)
        for column in table.columns
        if not column.derived and column.type is not Type.VALUE
    }
    if table.name == "demand":
        rates = st.dictionaries(st.integers(2015, 2022), st.none() | numbers, max_size=3)
        cells["growth"] = rates.map(lambda given: tuple(sorted(given.items())))
    return st.builds(table.record, **cells)


def tables(table: Table[Any]) -> st.SearchStrategy[list[Any]]:
    if table.parameters:
        cells = {name: st.none() | parameters(declared) for name, declared in table.parameters.items()}
        stated = st.fixed_dictionaries(cells).map(
            lambda given: [table.record(**{table.key[0]: name, "value": value}) for name, value in given.items()]
        )
        return stated.flatmap(st.permutations)
    return st.lists(records(table), max_size=4, unique_by=lambda record: fold(table.row_key(record)))


@st.composite
def overrides(draw: st.DrawFn, plan: Plan) -> list[Any]:
    """Overrides of cells that are there, and of some that are not."""
    made = []
    for scenario in plan.scenario_names[:2]:
        for name in ("plants", "actions", "demand", "seasonality", "monthly", "assumptions"):
            rows = plan.table(name)
            column = draw(st.sampled_from([c for c in plan.columns(name) if c.name not in rows.table.key]))
            if rows.keys and not column.derived:
                row = draw(st.integers(0, len(rows) - 1))
                value = draw(st.just(BLANK) | values(plan.record_column(rows[row], column)))
                made.append(TABLES["overrides"].record(scenario, name, rows.keys[row], column.name, value, draw(texts)))
    if draw(st.booleans()):
        made.append(TABLES["overrides"].record("no one", "nowhere", "=1", "+", draw(numbers | texts | months), None))
    return made


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Return a plan with every table; most break the rules of the model, and all can be stored."""
    given = {name: draw(tables(table)) for name, table in TABLES.items() if name not in ("overrides", "uncertainty")}
    base = plan_from_tables(given)
    return base.with_table(base.overrides.replaced(draw(overrides(base))))
