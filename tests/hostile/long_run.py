"""Reads very many mutated workbooks: ``python -m tests.hostile.long_run --count 100000 --workers 2``.

What goes wrong is printed with its seed, and the workbook is kept for looking at it.
"""

import argparse
import multiprocessing
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final

from tests.hostile.fuzzing import NOT_GIVEN_BACK, try_seed
from tests.hostile.good_books import books_of_libreoffice, good_books
from tests.hostile.mutations import mutated

SECONDS: Final = 10.0
MOST_MEGABYTES: Final = 1024
_MOST_ADDRESSES: Final = 6 << 30
"""Bytes that a process may ask for; more is a fault, and must not harm the machine."""


class Worker:
    """A process that tries one seed after the other, and is started anew behind one that hangs or kills it."""

    def __init__(self, books: Mapping[str, bytes], seeds: range) -> None:
        self.seeds = seeds
        self._books = books
        self._start()

    def _start(self) -> None:
        self.connection, there = multiprocessing.Pipe(duplex=False)
        self.process = multiprocessing.Process(target=_try_all, args=(self._books, self.seeds, there), daemon=True)
        self.process.start()
        there.close()
        self.since = time.monotonic()

    @property
    def is_overdue(self) -> bool:
        """Whether the seed it is at takes too long."""
        return time.monotonic() - self.since > SECONDS

    def done(self) -> int:
        """Return the seed that was tried last, and go on to the next."""
        seed, self.seeds = self.seeds[0], self.seeds[1:]
        self.since = time.monotonic()
        return seed

    def start_again(self) -> int:
        """End the process, return the seed it was at, and go on behind it."""
        self.process.kill()
        self.process.join()
        seed = self.done()
        self._start()
        return seed


class Run:
    """What was found so far."""

    def __init__(self, books: Mapping[str, bytes], keep: Path) -> None:
        self.outcomes: Counter[str] = Counter()
        self.faults: Counter[str] = Counter()
        self._books = books
        self._keep = keep

    def listen(self, worker: Worker) -> None:
        """Take what a worker has to say of one seed, or that it is no more."""
        try:
            outcome, fault = worker.connection.recv()
        except EOFError:
            if worker.seeds:
                self.add_fault(worker.start_again(), "the process died")
            return
        self.outcomes[outcome] += 1
        seed = worker.done()
        if fault:
            self.add_fault(seed, fault)
        elif outcome.endswith(NOT_GIVEN_BACK):
            print(f"seed {seed}: {outcome}", flush=True)
            self._save(seed)

    def add_fault(self, seed: int, fault: str) -> None:
        """Tell of a fault and keep its workbook; of many of one kind only the first ones."""
        kind = fault.strip().splitlines()[-1][:100]
        self.faults[kind] += 1
        if self.faults[kind] <= 5:
            print(f"seed {seed}: {fault}", flush=True)
            self._save(seed)

    def _save(self, seed: int) -> None:
        self._keep.mkdir(parents=True, exist_ok=True)
        (self._keep / f"seed-{seed}.xlsx").write_bytes(mutated(self._books, seed))


def main(arguments: list[str]) -> int:
    """Run, print what was found and return 1 if anything went wrong."""
    given = _parser().parse_args(arguments)
    books = good_books() | ({} if given.without_libreoffice else books_of_libreoffice())
    run = Run(books, given.keep)
    started = time.monotonic()
    end = given.first + given.count
    workers = [Worker(books, range(given.first + place, end, given.workers)) for place in range(given.workers)]
    while workers := [worker for worker in workers if worker.seeds]:
        ready = wait([worker.connection for worker in workers], timeout=1.0)
        for worker in workers:
            if worker.connection in ready:
                run.listen(worker)
            elif worker.is_overdue:
                run.add_fault(worker.start_again(), f"not done in {SECONDS:.0f} s")
    seconds = time.monotonic() - started
    for outcome, count in run.outcomes.most_common():
        print(f"{count:8} {outcome}")
    print(f"{given.count} workbooks of {', '.join(books)} in {seconds:.0f} s, {given.count / seconds:.0f} a second")
    print(f"{run.faults.total()} faults" + "".join(f"\n{count:8} {kind}" for kind, count in run.faults.most_common()))
    return min(run.faults.total(), 1)


def _try_all(books: Mapping[str, bytes], seeds: range, connection: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_ADDRESSES, _MOST_ADDRESSES))
    for seed in seeds:
        try:
            outcome, fault = try_seed(books, seed), ""
        except BaseException as error:  # a fault of whatever kind: that is what is looked for
            outcome, fault = "fault", f"{traceback.format_exc()}{_kind(error)}"
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        connection.send((outcome, fault or (f"{used} MB are used" if used > MOST_MEGABYTES else "")))
        if used > MOST_MEGABYTES:
            return  # the next seeds are to be measured anew


def _kind(error: BaseException) -> str:
    """Return in a line what went wrong and where in the product."""
    frames = [
        frame for frame in traceback.extract_tb(error.__traceback__) if "aluplanner" in Path(frame.filename).parts
    ]
    where = f" in {Path(frames[-1].filename).name}, {frames[-1].name}" if frames else f": {error}"
    return f"{type(error).__name__}{where}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile.long_run", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="how many workbooks")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--workers", type=int, default=2, help="how many processes")
    parser.add_argument("--keep", type=Path, default=Path("out/mutated"), help="the folder for workbooks with faults")
    parser.add_argument("--without-libreoffice", action="store_true", help="leave its workbooks out")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
