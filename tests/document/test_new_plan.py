from aluplanner.document.new_plan import example_plan
from aluplanner.model.plan import TABLES
from aluplanner.resources import resource_path
from aluplanner.workbook.read import read_workbook


def test_that_the_example_which_is_not_checked_when_it_is_opened_has_no_errors() -> None:
    found = read_workbook(resource_path("examples", "china-2017.xlsx"))
    assert found.plan is not None
    opened = example_plan()
    assert opened.source == found.plan.source
    assert all(opened.table(name).records == found.plan.table(name).records for name in TABLES)
