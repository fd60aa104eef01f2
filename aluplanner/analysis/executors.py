"""Who carries out many runs: this process, the cores of this machine, or the machines of a Dask cluster."""

import multiprocessing
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any

from aluplanner.analysis.question_error import QuestionError
from aluplanner.i18n import tr

_SECONDS_TO_CONNECT = 10
_MOST_ON_WINDOWS = 61
"""More processes than these Windows cannot wait for; ``ProcessPoolExecutor`` refuses them."""


@contextmanager
def opened_executor(workers: int | None = None, dask: str | None = None) -> Iterator[Executor | None]:
    """Open what runs are spread over, and close it at the end.

    Whoever runs them, the numbers are the same: draws depend on the seed and on names, and runs that go together go
    together everywhere.

    Parameters
    ----------
    workers
        Processes on this machine; 0 for as many as it has cores.
    dask
        Address of the scheduler of a running Dask cluster, such as ``tcp://10.0.0.5:8786``; its machines need the same
        version of this program.

    Yields
    ------
    Executor or None
        ``None`` where neither is asked for, or one worker, which is this process.

    Raises
    ------
    PlanError
        If both are asked for, Dask is not installed, or the cluster does not answer.
    """
    if dask is not None:
        if workers is not None:
            raise QuestionError(
                "workers", tr("Workers of this machine and a Dask cluster were both asked for."), tr("Choose one.")
            )
        with _dask_executor(dask) as executor:
            yield executor
        return
    count = os.cpu_count() or 1 if workers == 0 else workers or 1
    if sys.platform == "win32":
        count = min(count, _MOST_ON_WINDOWS)
    if count < 0:
        raise QuestionError("workers", tr("{count} workers were asked for.", count=count), tr("Ask for one or more."))
    if count == 1:
        yield None
        return
    # new processes and no copies of this one, whose threads would be copied half-way through what they do
    pool = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _dask_executor(address: str) -> Iterator[Executor]:
    try:
        import distributed
    except ImportError:
        message = tr("Dask is not installed.")
        raise QuestionError("dask", message, tr("Install it with: pip install “aluplanner[dask]”.")) from None
    try:
        connect: Any = distributed.Client  # it says nothing of its types
        client = connect(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        message = tr("The Dask cluster at {address} does not answer: {error}.", address=address, error=error)
        raise QuestionError("dask", message, tr("Start its scheduler, or correct the address.")) from None
    with client:
        yield client.get_executor(pure=False)
