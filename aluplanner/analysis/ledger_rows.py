"""The rows of the ledger: its figures by action, by kind, or by the place where they fall (sections 2, 3, 4, 8)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from aluplanner.analysis.ledger_choices import ACTION, FIGURES, GROUP, KIND, LOST, PROVINCE, STATED
from aluplanner.analysis.ledger_losses import Losses
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.i18n import tr
from aluplanner.model.actions import RESTRICTING, Action
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array
from aluplanner.model.phasing import live
from aluplanner.model.plan import Address
from aluplanner.model.plants import ALUMINIUM
from aluplanner.model.progress import tell_progress
from aluplanner.model.reporting import effective_by_action
from aluplanner.model.schema import fold


class Section(StrEnum):
    """Which actions a row of the ledger belongs to."""

    ORDER = "order"  # aluminium orders, whose landing the market watches
    COMPANY = "company"  # a company's own cut in aluminium
    ALUMINA = "alumina"  # cuts at refineries


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of the ledger.

    Attributes
    ----------
    section
        Whose actions it is about.
    label
        The action, province, group or kind; where a plant has no province or group, words that say so.
    kind
        What the action does to capacity; empty where the row is no single kind.
    address
        The action's cell that says how far it is carried out; ``None`` for rows of places and kinds.
    """

    section: Section
    label: str
    kind: str = ""
    address: Address | None = None


def section_of(action: Action) -> Section | None:
    """Return the section of an action; ``None`` for those that add capacity, which the ledger leaves out."""
    if action.kind not in RESTRICTING:
        return None
    if (action.product or ALUMINIUM) != ALUMINIUM:
        return Section.ALUMINA
    return Section.COMPANY if action.policy is False else Section.ORDER


class ActionFigures:
    """The ledger's figures by action: arrays of shape ``(months, actions)``, the actions that take part."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures
        run = figures.run
        self.frame: Frame = run.frame
        self.losses = Losses(figures)
        pull = run.forces.first
        size = run.reach.size[0]
        due, implemented = pull.due[0], pull.implemented[0]
        out = self.losses.of_actions()
        tell_progress(0.5)
        self.numbers: dict[str, Array] = {
            "announced": size * _is_announced(self.frame, figures.months),
            "due": due,
            "implemented": implemented,
            "landed": np.minimum(implemented, due),
            "gap": due - implemented,
            "overhang": np.maximum(0.0, size - implemented) * _is_live(self.frame, figures.months),
            "effective": effective_by_action(run)[0],
            "out": out,
            LOST: output_lost(figures, out),
        }
        for place, action in enumerate(self.frame.actions):
            if section_of(action) is Section.ALUMINA:
                self.numbers[LOST][:, place] = np.nan

    def places(self, section: Section) -> Indices:
        """Return the actions of a section, as indices among those that take part."""
        return np.array([i for i, action in enumerate(self.frame.actions) if section_of(action) is section], np.intp)

    def total(self, name: str, section: Section) -> Array:
        """Return a figure summed over the actions of a section, shape ``(months,)``."""
        numbers: Array = self.numbers[name][:, self.places(section)].sum(axis=1)
        return numbers


def output_lost(figures: Figures, out: Array) -> Array:
    """Return the output that capacity out of operation would have made, kt, shape as ``out``: months first.

    It counts like production (section 5): half of the month's own state and half of the one before, at the load factor,
    outages, alumina cover and, where an actual is known, its part of the model's output.
    """
    before = np.concatenate([np.zeros((1, out.shape[1])), out[:-1]])
    lost: Array = 0.5 * (before + out) * output_rate(figures)[:, None]
    return lost


def output_rate(figures: Figures) -> Array:
    """Return the output of one kt/y that runs through each month, kt."""
    factor: Array = figures.run.reported("output_factor")[0]
    rate: Array = working_rate(figures) * factor
    return rate


def working_rate(figures: Figures) -> Array:
    """Return the same before alumina and actuals count."""
    load = figures.number("load_factor") * (1.0 - figures.number("disruption"))
    working: Array = load * figures.year_fraction
    return working


def _is_announced(frame: Frame, months: int) -> Array:
    """Return from which month on each action is announced; none later than it starts."""
    begins = np.fmin(frame.month_index("announced_on")[0], frame.month_index("start")[0])
    announced: Array = (np.arange(months)[:, None] >= begins).astype(np.float64)
    return announced


def _is_live(frame: Frame, months: int) -> Array:
    start, announced_on = frame.month_index("start")[0], frame.month_index("announced_on")[0]
    announced_on = np.where(np.isnan(announced_on), start, announced_on)
    return live(months, announced_on, frame.month_index("end")[0], frame.repeats).astype(np.float64)


@dataclass(frozen=True)
class Rows:
    """Rows with their figures by month, shape ``(rows, months)`` each."""

    rows: tuple[LedgerRow, ...]
    numbers: Mapping[str, Array]


def rows_by(found: ActionFigures, by: str) -> Rows:
    """Return the rows of the ledger by ``"action"``, ``"province"``, ``"group"`` or ``"kind"``."""
    make: dict[str, Callable[[ActionFigures, Section], Iterator[tuple[LedgerRow, dict[str, Array]]]]] = {
        ACTION: _by_action,
        KIND: _by_kind,
        PROVINCE: lambda found, section: _by_place(found, section, PROVINCE),
        GROUP: lambda found, section: _by_place(found, section, GROUP),
    }
    made = [pair for section in Section for pair in make[by](found, section)]
    months = found.figures.months
    numbers = {
        name: np.array([figures[name] for _, figures in made]).reshape(len(made), months)
        for name in FIGURES
    }  # fmt: skip
    return Rows(tuple(row for row, _ in made), numbers)


def _by_action(found: ActionFigures, section: Section) -> Iterator[tuple[LedgerRow, dict[str, Array]]]:
    for place in found.places(section):
        action = found.frame.actions[place]
        address = Address("actions", action.action, "implementation")
        row = LedgerRow(section, action.action, action.kind or "", address)
        yield row, {name: numbers[:, place] for name, numbers in found.numbers.items()}


def _by_kind(found: ActionFigures, section: Section) -> Iterator[tuple[LedgerRow, dict[str, Array]]]:
    kinds: dict[str, list[int]] = {}
    for place in found.places(section):
        kinds.setdefault(found.frame.actions[place].kind or "", []).append(int(place))
    for kind, places in kinds.items():
        sums = {name: numbers[:, places].sum(axis=1) for name, numbers in found.numbers.items()}
        yield LedgerRow(section, tr(kind), kind), sums


def _by_place(found: ActionFigures, section: Section, by: str) -> Iterator[tuple[LedgerRow, dict[str, Array]]]:
    """Yield a row for each place that the section's actions reach.

    What is announced, due, implemented, landed and left over falls on plants by the weights of section 2, what is
    taken out of operation and the output lost where that happens.
    """
    some = found.places(section)
    if not len(some):
        return
    weights = found.figures.run.reach.weights[0][some]
    reached = np.flatnonzero(found.frame.reach[some].any(axis=0))
    mask = _mask(found, some)
    out, alone = found.losses.at_plants(mask), found.losses.at_plants(mask, alone=True)
    for label, plants in _places(found, reached, by).items():
        by_weight = weights[:, plants].sum(axis=1)
        numbers = {name: found.numbers[name][:, some] @ by_weight for name in STATED}
        numbers["effective"] = alone[:, plants].sum(axis=1)
        numbers["out"] = out[:, plants].sum(axis=1)
        lost = output_lost(found.figures, numbers["out"][:, None])[:, 0]
        numbers[LOST] = np.full(len(lost), np.nan) if section is Section.ALUMINA else lost
        yield LedgerRow(section, label), numbers


def _mask(found: ActionFigures, some: Indices) -> Mask:
    mask = np.zeros(len(found.frame.rows), dtype=bool)
    mask[some] = True
    return mask


def _places(found: ActionFigures, reached: Indices, by: str) -> dict[str, list[int]]:
    """Return the plants reached by province or group, in the order of the Plants table."""
    without = tr("No group") if by == GROUP else tr("No province")
    named: dict[str, tuple[str, list[int]]] = {}
    for place in map(int, reached):
        name = getattr(found.frame.plants[place], by) or ""
        named.setdefault(fold(name), (name.strip() or without, []))[1].append(place)
    return {label if key else without: plants for key, (label, plants) in named.items()}
