"""A limit on the memory of this process."""

import os
import sys
from typing import Final

OUT_OF_MEMORY: Final = 77
"""The exit code of a process that used more than it may and can say so in no other way."""

_EVERY: Final = 0.02


def limit_memory(limit: int) -> None:
    """Let the process use no more than ``limit`` bytes; what goes beyond raises MemoryError, or ends the process."""
    if sys.platform == "win32":
        _limit_by_job(limit)
    elif sys.platform == "darwin":
        watch_memory(limit)  # which takes a limit on addresses and does not keep to it
    else:
        _limit_addresses(limit)


if sys.platform != "win32":
    import resource

    def watch_memory(limit: int) -> None:
        """End the process soon after it has used more than ``limit`` bytes."""
        from threading import Event, Thread

        def watch() -> None:
            never = Event()
            while _most_used() <= limit:
                never.wait(_EVERY)
            os._exit(OUT_OF_MEMORY)

        Thread(target=watch, daemon=True).start()

    def _limit_addresses(limit: int) -> None:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            limit = min(limit, most)
        try:
            resource.setrlimit(resource.RLIMIT_AS, (limit, most))
        except (OSError, ValueError):
            watch_memory(limit)

    def _most_used() -> int:
        used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return used if sys.platform == "darwin" else used * 1024

else:
    import ctypes
    from ctypes import wintypes

    _LIMIT_PROCESS_MEMORY = 0x100
    _EXTENDED_LIMITS = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _limit_by_job(limit: int) -> None:
        """Put the process into a job of its own, which lives as long as the process does."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, wintypes.LPCWSTR)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD,
        )  # fmt: skip
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        limits = _ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _LIMIT_PROCESS_MEMORY
        limits.ProcessMemoryLimit = limit
        is_limited = (
            job
            and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        )
        if not is_limited:
            raise OSError(ctypes.get_last_error(), "the memory of the process cannot be limited")
