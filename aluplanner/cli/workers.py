"""Spreading runs over processes or a Dask cluster, as asked on the command line."""

import argparse
from concurrent.futures import Executor
from contextlib import AbstractContextManager

from aluplanner.analysis.executors import opened_executor
from aluplanner.i18n import tr


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Let the runs be spread; the numbers are the same."""
    spread = parser.add_mutually_exclusive_group()
    spread.add_argument(
        "--workers", type=int, metavar="N", help=tr("spread the runs over N processes, 0 for one a core; same numbers")
    )
    spread.add_argument(
        "--dask", metavar="ADDRESS", help=tr("spread the runs over a running Dask cluster, as tcp://host:8786")
    )


def asked_executor(given: argparse.Namespace) -> AbstractContextManager[Executor | None]:
    """Return what opens the workers that were asked for; see :func:`aluplanner.analysis.executors.opened_executor`."""
    return opened_executor(given.workers, given.dask)
