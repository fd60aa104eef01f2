"""Large tables in which everything is wrong: to tell so must not take long."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tests.hostile.broken_relations import with_parts
from tests.hostile.case import Case, survived
from tests.hostile.package_parts import (
    ACTIONS,
    DEMAND,
    PLANTS,
    WORKBOOK,
    column_name,
    inline,
    sheet,
    sheet_entry,
    workbook,
)

_PLANT_TITLES: Final = ("Plant", "Group", "Province", "Built (kt/y)", "Operating (kt/y)", "First output (month)")
_CLAIM_TITLES: Final = ("Claim", "Measure", "Relation", "Value")
_ACTION_TITLES: Final = ("Action", "Kind", "Target", "Announced (kt/y)", "Start (month)", "Credit")


def _table(titles: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a sheet of texts; what looks like a number is one."""
    lines = []
    for number, cells in enumerate([tuple(titles), *rows], start=1):
        made = (_cell(f"{column_name(place)}{number}", text) for place, text in enumerate(cells, start=1) if text)
        lines.append(f'<row r="{number}">{"".join(made)}</row>')
    return sheet("".join(lines))


def _cell(reference: str, text: str) -> str:
    return f'<c r="{reference}"><v>{text}</v></c>' if text.isdecimal() else inline(reference, text)


def _plants(count: int) -> str:
    rows = ((f"Smelter {n}", f"Group {n % 500}", f"Province {n % 90}", "1000", "900") for n in range(count))
    return _table(_PLANT_TITLES, rows)


def _actions(count: int, target: str, kind: str = "close capacity") -> str:
    rows = ((f"Action {n}", kind, f"{target} {n}", "10", "2017-06", f"Aktion {n}") for n in range(count))
    return _table(_ACTION_TITLES, rows)


def _as_plants(rows: Iterable[Iterable[str]]) -> Callable[[], bytes]:
    return with_parts({PLANTS: _table(_PLANT_TITLES, rows)})


def _headers(text: str, count: int) -> Callable[[], bytes]:
    titles = ("Plant", *(f"{text} {number}" for number in range(count)))
    return with_parts({PLANTS: _table(titles, [("East",)])})


def _as_table(name: str, titles: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Callable[[], bytes]:
    """Return what makes a workbook in which the fourth sheet is a table of the plan."""
    sheets = "".join(sheet_entry(said, n) for n, said in enumerate(("Plants", "Actions", "Demand", name), start=1))
    return with_parts({WORKBOOK: workbook(sheets), "xl/worksheets/sheet4.xml": _table(titles, rows)})


def _wrong_plants() -> Iterator[Case]:
    many = range(5000)
    yield survived("five thousand plants of one name", _as_plants([("East", "G", "Henan", "10", "9")] * 5000))
    yield survived("five thousand plants without a name", _as_plants([("", "G", "Henan", "10", "9")] * 5000))
    yield survived("five thousand plants without figures", _as_plants((f"P{n}", "G", "", "many", "most") for n in many))
    yield survived("five thousand plants that run beyond all", _as_plants((f"P{n}", "", "", "9", "10") for n in many))
    yield survived(
        "five thousand months that are none", _as_plants((f"P{n}", "", "", "9", "9", "someday") for n in many)
    )
    yield survived("sixteen thousand columns nobody knows", _headers("Buildt", 16_000))
    yield survived("sixteen thousand columns that begin alike", _headers("Built (kt/y)", 16_000))
    yield survived("sixteen thousand columns of one name", with_parts({PLANTS: _one_header(16_000)}))
    yield survived("four hundred years of growth", with_parts({DEMAND: _growth(400)}))


def _wrong_actions() -> Iterator[Case]:
    others = "; ".join(f"Smelder {n}" for n in range(5000))
    made = {
        "two thousand targets that are misspelt": _actions(2000, "Smelder"),
        "two thousand kinds that are misspelt": _actions(2000, "Smelter", "clos capacity"),
        "targets of five thousand names": _actions(5, others),
    }
    for name, actions in made.items():
        yield survived(name, with_parts({PLANTS: _plants(5000), ACTIONS: actions}))


def _wrong_layers() -> Iterator[Case]:
    titles = ("Scenario", "Builds on")
    chain = [("S0", ""), *((f"S{n}", f"S{n - 1}") for n in range(1, 2000))]
    circle = [(f"S{n}", f"S{(n + 1) % 50}") for n in range(50)]
    nothing = ((f"Strong {n}", "plants", f"Eest {n}", "built", "900") for n in range(3000))
    yield survived("scenarios two thousand deep", _as_table("Scenarios", titles, chain))
    yield survived("scenarios that build on each other in a circle", _as_table("Scenarios", titles, circle))
    yield survived(
        "three thousand overrides of nothing",
        _as_table("Overrides", ("Scenario", "Table", "Row", "Column", "Value"), nothing),
    )


def _wrong_parameters() -> Iterator[Case]:
    unknown = ((f"load_faktor {n}", "1") for n in range(5000))
    claims = ((f"Claim {n}", "balance 2017H9 sum of everything", "=", "0") for n in range(5000))
    yield survived("five thousand assumptions nobody knows", _as_table("Assumptions", ("Assumption", "Value"), unknown))
    yield survived("five thousand claims without sense", _as_table("Claims", _CLAIM_TITLES, claims))
    for months in ("1000000", "0", "-1", "1e300", "many"):
        facts = [("First month", "2017-01"), ("Months", months)]
        yield survived(f"a plan of {months} months", _as_table("Plan", ("Field", "Value"), facts))


def _one_header(count: int) -> str:
    return _table(("Plant", *("Built (kt/y)" for _ in range(count))), [("East",)])


def _growth(years: int) -> str:
    titles = ("Sector", "Consumption (kt)", *(f"Growth {1500 + year} (%)" for year in range(years)))
    return _table(titles, [("Building", "1500", *("5" for _ in range(years)))])


CASES: Final = (*_wrong_plants(), *_wrong_actions(), *_wrong_layers(), *_wrong_parameters())
