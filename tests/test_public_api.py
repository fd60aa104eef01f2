"""What ``import aluplanner`` gives, and what it does not drag in."""

import subprocess
import sys

import pandas as pd
import pytest

import aluplanner as ap
from tests.model.cases import full_plan


def test_that_a_plan_is_solved_in_a_few_words() -> None:
    plan = full_plan()
    assert isinstance(plan, ap.Plan)
    balance = ap.solve(plan)
    assert isinstance(balance, ap.Balance)
    faster = ap.solve(plan.with_value("actions/Closure/implementation", 0.35))
    assert faster.measure("balance 2017H2 sum") > balance.measure("balance 2017H2 sum")
    assert ap.solve(plan, "Slow").scenario == "Slow"


def test_that_months_are_handed_out_as_a_data_frame_with_units() -> None:
    balance = ap.solve(full_plan(), "Slow")
    monthly = balance.monthly
    assert isinstance(monthly, pd.DataFrame)
    assert isinstance(monthly.index, pd.PeriodIndex)
    assert monthly.index.freqstr == "M"
    assert [str(month) for month in monthly.index] == list(balance.horizon.labels)
    assert list(monthly.columns) == list(balance.names)
    assert monthly.attrs["units"] == {name: balance.unit(name) for name in balance.names}
    assert monthly.attrs["scenario"] == "Slow"
    assert monthly["balance"].loc["2017-07":"2017-12"].sum() == pytest.approx(balance.measure("balance 2017H2 sum"))
    monthly.loc[:, "stock"] = -1.0
    assert (balance.series("stock") >= 0).all()


def test_that_a_number_is_traced_to_the_rows_that_make_it() -> None:
    balance = ap.solve(full_plan())
    found = ap.trace(balance, "operating 2017-12 end", by="province")
    assert sum(part.value for part in found.parts) == pytest.approx(balance.measure("operating 2017-12 end"))
    assert {part.label for part in found.parts} == {"Shandong", "Henan", "Yunnan"}


def test_that_errors_are_data() -> None:
    with pytest.raises(ap.PlanError) as caught:
        ap.solve(full_plan().with_value("plants/South/operating", 9999.0))
    assert all(isinstance(issue, ap.Issue) for issue in caught.value.issues)


def test_that_many_draws_are_one_call() -> None:
    found = ap.solve_batch(full_plan(), {"actions/Closure/implementation": [0.0, 0.5, 1.0]}, series=["operating"])
    assert list(found) == ["operating"]
    assert found["operating"].shape == (3, 12)


def test_that_every_public_name_is_there_and_no_other() -> None:
    assert set(ap.__all__) >= {"Plan", "Balance", "read_plan", "write_plan", "solve"}
    for name in ap.__all__:
        assert getattr(ap, name).__name__ == name
    with pytest.raises(AttributeError, match="happiness"):
        ap.happiness  # noqa: B018


SCRIPT = """
import sys
import aluplanner as ap
assert "numpy" not in sys.modules, "the package imports numpy before it is used"
from aluplanner.model.plan import plan_from_tables
from aluplanner.model.calendar import Month
from aluplanner.model.demand import Sector
from aluplanner.model.plants import Plant
plan = plan_from_tables({
    "plants": [Plant("A", built=1000.0, operating=900.0)],
    "demand": [Sector("S", 900.0, ((2017, 0.05),))],
})
balance = ap.solve(plan)
assert balance.measure("production 2017 sum") > 0, balance.measure("production 2017 sum")
heavy = ("PySide6", "shiboken6", "pyqtgraph", "pandas", "openpyxl", "scipy")
print(sorted(name for name in heavy if name in sys.modules))
"""


def test_that_solving_needs_neither_qt_nor_pandas_nor_a_workbook_library() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    assert done.stdout.strip() == "[]"
