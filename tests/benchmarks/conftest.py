"""Benchmarks run with ``pytest -m benchmark tests/benchmarks``; what they measured stands at the end of the output."""

from collections.abc import Iterator

import pytest

from tests.benchmarks.timing import Report, settled_memory

REPORT = pytest.StashKey[Report]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[REPORT] = Report()


@pytest.fixture(scope="session")
def report(pytestconfig: pytest.Config) -> Report:
    """Return where figures are collected."""
    return pytestconfig.stash[REPORT]


@pytest.fixture(autouse=True)
def quiet_collector() -> Iterator[None]:
    """Keep what earlier tests left in memory from slowing down this one."""
    with settled_memory():
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash[REPORT].lines
    if lines:
        terminalreporter.section("measured")
        for line in lines:
            terminalreporter.write_line(line)
