"""Whether an answer still holds after an edit."""

from collections.abc import Sequence
from typing import Final

from aluplanner.model.plan import TABLES, Plan
from aluplanner.model.scenarios import Override
from aluplanner.model.schema import fold

_GROWN: Final = ("scenarios", "overrides")
_NEVER_ASKED: Final = "claims"


def says_the_same(answered: tuple[Plan, str] | None, now: tuple[Plan, str]) -> bool:
    """Return whether an answer still holds: scenarios that were added since change nothing in it, nor do claims.

    Parameters
    ----------
    answered
        The plan and the scenario that were asked about; ``None`` before the first answer.
    now
        Those that a question asked now would be about.
    """
    if answered is None or answered[1] != now[1]:
        return False
    before, after = answered[0], now[0]
    others = (name for name in TABLES if name not in (*_GROWN, _NEVER_ASKED))
    return before is after or (
        all(before.table(name) is after.table(name) for name in others)
        and all(after.table(name)[: len(before.table(name))] == before.table(name).records for name in _GROWN)
        and not _touches(after.overrides[len(before.overrides) :], before.scenario_names)
    )


def _touches(added: Sequence[Override], scenarios: Sequence[str]) -> bool:
    """Return whether one of the overrides added is of a scenario that was there before."""
    known = frozenset(map(fold, scenarios))
    return any(fold(override.scenario or "") in known for override in added)
