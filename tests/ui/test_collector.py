import gc
from collections.abc import Iterator

import pytest

from aluplanner.ui.collector import Collector, collect_if_due


@pytest.fixture
def collector(qapp: object) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.stop()


def test_that_no_other_thread_can_collect(collector: Collector) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_that_what_is_due_is_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    collected: list[int] = []
    monkeypatch.setattr(gc, "collect", collected.append)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    for counts in ((10, 0, 0), (701, 0, 0), (701, 11, 3), (5, 2, 11)):
        monkeypatch.setattr(gc, "get_count", lambda counts=counts: counts)
        collect_if_due()
    assert collected == [0, 1, 2]
