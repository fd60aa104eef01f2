"""Reads a file in a process of its own and prints, as JSON, what it gave, how long it took and the memory in all."""

import json
import resource
import sys
import time
from pathlib import Path

from aluplanner.workbook.read import read_workbook

_MEBIBYTE = 1024  # the system counts in KiB


def main(path: str) -> None:
    """Print the errors and the seconds, and the peaks in MB of this process and of those that it started."""
    started = time.perf_counter()
    result = read_workbook(path)
    seconds = time.perf_counter() - started
    found = {
        "opens": result.plan is not None,
        "seconds": seconds,
        "errors": [[issue.code, issue.message, issue.remedy] for issue in result.issues if issue.is_error],
        "own": _own_peak() / _MEBIBYTE,
        "started": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / _MEBIBYTE,
    }
    print(json.dumps(found))


def _own_peak() -> float:
    """Return the peak of this process in KiB; what Linux counts for a process begins with what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        return float(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1])
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main(sys.argv[1])
