"""One LibreOffice for all tests of a worker; skipped where there is none."""

from collections.abc import Iterator

import pytest

from tests.e2e.calc import find_calc
from tests.workbook.living.office import Office


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Return a LibreOffice without a window."""
    if find_calc() is None:
        pytest.skip("living workbooks are calculated by LibreOffice Calc and its bridge to Python (python3-uno)")
    made = Office(tmp_path_factory.mktemp("office"))
    yield made
    made.end()
