"""Putting bytes into a file in one step: afterwards it holds the old contents or the new ones, never a mixture."""

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from aluplanner.i18n import tr
from aluplanner.model.issues import Issue, PlanError, Severity

_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def replace_file(path: str | Path, data: bytes) -> None:
    """Write ``data`` to ``path``, through links, keeping the rights of a file that is there.

    A file that holds just that already is not touched: neither its time nor its copies elsewhere change.

    Raises
    ------
    PlanError
        If that is not possible; what was there is untouched.
    """
    target = Path(os.path.realpath(path))
    try:
        old = _look_at(target)
        if old is None or old.st_size != len(data) or target.read_bytes() != data:
            _write_beside(target, data, old)
    except OSError as error:
        raise PlanError([_cannot_save(target, error)]) from error


def require_ending(path: str | Path, ending: str) -> None:
    """Raise unless the file's name ends as its contents demand: Excel refuses to open what is named otherwise.

    Raises
    ------
    PlanError
        If it does not.
    """
    if Path(path).suffix.lower() != ending:
        raise save_error(
            Path(path), tr("a workbook needs a name that ends in {ending}.", ending=ending), tr("Correct the name.")
        )


def save_error(path: Path, message: str, remedy: str) -> PlanError:
    """Return the error that says why a file was not saved."""
    return PlanError(
        [Issue(Severity.ERROR, "save", tr("{name} was not saved: {reason}", name=path.name, reason=message), remedy)]
    )


def _look_at(target: Path) -> os.stat_result | None:
    """Return what is known of the file that is there, ``None`` if there is none; refuse what must not be replaced."""
    try:
        old = target.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(old.st_mode):
        raise save_error(target, tr("it is a folder."), tr("Give a file name."))
    if not stat.S_ISREG(old.st_mode):
        raise save_error(target, tr("it is no ordinary file."), tr("Choose another name."))
    # a file can be replaced although it may not be written to; the planner meant it to stay
    if not old.st_mode & _WRITABLE or not os.access(target, os.W_OK):
        raise save_error(target, tr("the file is read-only."), tr("Save under another name, or allow writing to it."))
    if old.st_nlink > 1:
        raise save_error(
            target,
            tr("the file has a second name (a hard link), which would keep the old contents."),
            tr("Save under another name."),
        )
    return old


def _write_beside(target: Path, data: bytes, old: os.stat_result | None) -> None:
    """Write to a file of its own beside the target and put it in the target's place once it is safely on the disk."""
    # short, so that it fits wherever the target's own name does
    temporary = target.with_name(f".{secrets.token_hex(4)}.tmp")
    try:
        with os.fdopen(os.open(temporary, _NEW_FILE, 0o666), "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if temporary.read_bytes() != data:
            raise save_error(target, tr("the drive does not give back what was written."), tr("Save on another drive."))
        if old is not None:
            _keep_rights(temporary, old)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _keep_rights(temporary: Path, old: os.stat_result) -> None:
    temporary.chmod(stat.S_IMODE(old.st_mode))
    if hasattr(os, "chown") and (old.st_uid, old.st_gid) != (os.geteuid(), os.getegid()):
        # only an administrator may give files away; then the file is the planner's own
        with suppress(PermissionError):
            os.chown(temporary, old.st_uid, old.st_gid)


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut; systems that cannot do that for folders do it themselves."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_save(target: Path, error: OSError) -> Issue:
    if isinstance(error, PermissionError):
        reason, remedy = tr("it may not be written."), tr("Close it in other programs, or save under another name.")
    elif isinstance(error, FileNotFoundError):
        reason, remedy = tr("its folder is not there."), tr("Choose another folder, or connect the drive.")
    else:
        reason, remedy = f"{error.strerror or error}.", tr("Free some space or save on another drive.")
    return save_error(target, reason, remedy).issues[0]
