"""What an import does, in words."""

from collections.abc import Callable, Mapping
from typing import Final

from aluplanner.document.importing import TableImport
from aluplanner.document.key_paste import Kind
from aluplanner.i18n import tr


def sentence(outcome: TableImport) -> str:
    """Return what a sheet does to its table (``Plants: 23 new, 4 changed, 1 cell cannot be read``)."""
    if outcome.paste.problem:
        return tr("{table}: {problem}", table=outcome.table.heading, problem=outcome.paste.problem)
    counts = outcome.counts
    told = {
        "new": counts[Kind.NEW],
        "changed": counts[Kind.CHANGED],
        "unchanged": counts[Kind.UNCHANGED],
        "gone": outcome.gone,
        "nameless": counts[Kind.BAD],
        "unreadable": outcome.unreadable,
    }
    parts = [_WORDS[name](count) for name, count in told.items() if count]
    return tr("{table}: {parts}", table=outcome.table.heading, parts=", ".join(parts) or tr("nothing"))


_WORDS: Final[Mapping[str, Callable[[int], str]]] = {
    "new": lambda count: tr("{count} new", count=count),
    "changed": lambda count: tr("{count} changed", count=count),
    "unchanged": lambda count: tr("{count} unchanged", count=count),
    "gone": lambda count: tr("1 row goes") if count == 1 else tr("{count} rows go", count=count),
    "nameless": lambda count: (
        tr("1 row has no usable name and is left out")
        if count == 1
        else tr("{count} rows have no usable name and are left out", count=count)
    ),
    "unreadable": lambda count: (
        tr("1 cell cannot be read") if count == 1 else tr("{count} cells cannot be read", count=count)
    ),
}
