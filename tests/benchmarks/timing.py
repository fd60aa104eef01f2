"""Measuring times, and saying what was measured."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from statistics import median, quantiles


class Report:
    """Collects the figures that are shown at the end of the run."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, what: str, seconds: Iterable[float], limit: str = "") -> None:
        """Add a line with the least, the median and the 95th percentile of some times."""
        known = sorted(seconds)
        figures = f"min {_text(known[0])}, median {_text(median(known))}"
        if len(known) >= 20:
            figures += f", p95 {_text(p95(known))}"
        self.say(f"{what}: {figures} of {len(known)}", limit)

    def say(self, figure: str, limit: str = "") -> None:
        """Add a line."""
        self.lines.append(f"{figure} (wanted: {limit})" if limit else figure)


def _text(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.2f} ms"


def p95(seconds: Iterable[float]) -> float:
    """Return the 95th percentile."""
    return quantiles(seconds, n=20, method="inclusive")[-1]


def seconds_of(call: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def p99(seconds: Iterable[float]) -> float:
    """Return the 99th percentile."""
    return quantiles(seconds, n=100, method="inclusive")[-1]


def spread(seconds: Iterable[float]) -> str:
    """Return the median, the 99th percentile and the worst of some times in words."""
    known = sorted(seconds)
    return f"median {_text(median(known))}, p99 {_text(p99(known))}, max {_text(known[-1])} of {len(known)}"


@contextmanager
def settled_memory() -> Iterator[None]:
    """Keep the collector off what stood before, as it is in a program that runs for long; it still works meanwhile."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
