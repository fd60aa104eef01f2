"""Which capacity an action can reach, and how large it is (section 2 of the model page)."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from aluplanner.model.actions import ANY, CLOSE, COMMISSION, COMPLIANT, CURTAIL, HALT, MEASURES, NON_COMPLIANT, RESTART
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.frame import Frame, Indices, Mask
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import ratio

PLANT_COLUMNS: Final = ("built", "operating", "non_compliant", "under_construction", "pot_size")
SIZE_COLUMNS: Final = (*MEASURES, "enabled")
TOTAL_COLUMNS: Final = {
    HALT: ("under_construction",),
    CLOSE: ("built", "non_compliant"),
    CURTAIL: ("operating", "non_compliant"),
    RESTART: ("built", "operating", "non_compliant"),
    COMMISSION: ("built",),
}
"""Columns of Plants from which follows what an action of each kind can reach."""

_ACTIONS_AT_ONCE: Final = 32
"""Actions worked on between two moments at which work may be given up."""


@dataclass(frozen=True)
class Opening:
    """Plants at the opening, kt/y, shape ``(draws or 1, plants)`` each; non-compliant capacity runs first."""

    built: Array
    operating: Array
    non_compliant: Array
    under_construction: Array
    operating_nc: Array
    operating_c: Array
    idle_nc: Array
    idle_c: Array

    @property
    def compliant(self) -> Array:
        """Built capacity with approval."""
        return self.built - self.non_compliant


@dataclass(frozen=True)
class OwnOpening:
    """Plants that have an opening of their own in every draw.

    Attributes
    ----------
    plants
        Which plants.
    opening
        Their opening, shape ``(draws or 1, these plants)`` each.
    """

    plants: Indices
    opening: Opening


@dataclass(frozen=True)
class Reach:
    """Whom each action reaches and how large it is.

    Attributes
    ----------
    opening
        The plants at the opening.
    weights
        ``w``: each plant's part of an action, shape ``(draws or 1, actions, plants)``.
    size
        ``M``: announced size after the cap, kt/y, shape ``(draws or 1, actions)``; 0 while switched off.
    unallocated
        What the cap cut off, kt/y, same shape.
    eligible
        ``Σ e``: what an action could reach in all, kt/y, same shape, switched off or not.
    running_weights
        Weights of the closures times the part of each that falls on running capacity (section 4),
        shape ``(draws or 1, closures, plants)``.
    cut_shares
        ``share · f`` of each share cut (section 4), 0 where it does not reach, shape
        ``(draws or 1, share cuts, plants)``.
    own
        Plants of which ``opening`` states only what the plan says, while every draw has its own.
    """

    opening: Opening
    weights: Array
    size: Array
    unallocated: Array
    eligible: Array
    running_weights: Array
    cut_shares: Array
    own: OwnOpening | None = None

    def opening_total(self, name: str, members: Mask) -> Array:
        """Return the sum of a capacity of the opening over some plants, kt/y, shape ``(draws or 1,)``."""
        capacity: Array = getattr(self.opening, name)
        if self.own is None:
            return np.asarray(capacity[:, members].sum(axis=-1))
        shared = members.copy()
        shared[self.own.plants] = False
        own: Array = getattr(self.own.opening, name)[:, members[self.own.plants]]
        return np.asarray(capacity[:, shared].sum(axis=-1) + own.sum(axis=-1))


def opening_of(inputs: Inputs) -> Opening:
    """Return the plants at the opening, split into compliant and non-compliant."""
    built, operating, non_compliant, under_construction = (
        inputs.numbers("plants", name) for name in ("built", "operating", "non_compliant", "under_construction")
    )
    operating_nc = np.minimum(operating, non_compliant)
    operating_c = operating - operating_nc
    return Opening(
        built, operating, non_compliant, under_construction, operating_nc, operating_c,
        idle_nc=non_compliant - operating_nc, idle_c=built - non_compliant - operating_c,
    )  # fmt: skip


def reach_of(frame: Frame, inputs: Inputs) -> Reach:
    """Return whom each action reaches and how large it is."""
    opening = opening_of(inputs)
    eligible = eligible_of(frame, opening)
    stop_if_cancelled()
    total = eligible.sum(axis=-1)
    in_pots = eligible @ inputs.numbers("plants", "pot_size")[:, :, None] if uses_pots(frame, inputs) else None
    size, unallocated = sizes_of(frame, inputs, total, None if in_pots is None else ratio(in_pots[:, :, 0], total))
    return _reach(frame, inputs, opening, eligible, (size, unallocated, total))


def part_of_reach(frame: Frame, inputs: Inputs, total: Array, reached: Indices) -> Reach:
    """Return the reach among some plants of actions that also reach others.

    Parameters
    ----------
    frame, inputs
        The plants and the actions.
    total
        What each action could reach in all, kt/y, shape ``(draws or 1, actions)``.
    reached
        How many plants each action reaches in all, shape ``(actions,)``.
    """
    opening = opening_of(inputs)
    none = np.zeros_like(total)
    return _reach(frame, inputs, opening, eligible_of(frame, opening), (none, none, total), reached)


def _reach(
    frame: Frame,
    inputs: Inputs,
    opening: Opening,
    eligible: Array,
    sizes: tuple[Array, Array, Array],
    reached: Indices | None = None,
) -> Reach:
    cuts = inputs.numbers("actions", "share", frame.index[frame.share_cuts])[:, :, None] * reached_part(
        frame, opening, eligible[:, frame.share_cuts]
    )
    stop_if_cancelled()
    weights = _weights(frame, eligible, sizes[-1], reached)
    stop_if_cancelled()
    running = weights[:, frame.of_kind(CLOSE), :] * _running_share(frame, inputs, opening)
    return Reach(opening, weights, *sizes, running, cuts)


def uses_pots(frame: Frame, inputs: Inputs) -> bool:
    """Return whether an action is sized in pots."""
    return bool(np.isfinite(inputs.numbers("actions", "pots", frame.index)).any())


def sizes_of(frame: Frame, inputs: Inputs, total: Array, mean_pot: Array | None) -> tuple[Array, Array]:
    """Return ``M`` and what its cap cuts off, kt/y, shape ``(draws or 1, actions)``; 0 while switched off.

    Parameters
    ----------
    frame, inputs
        The actions.
    total
        What each could reach in all, kt/y, same shape.
    mean_pot
        The mean pot of each, kt/y, same shape; ``None`` if none is sized in pots.
    """
    announced, share, pots = (inputs.numbers("actions", name, frame.index) for name in MEASURES)
    by_pots = pots * (0.0 if mean_pot is None else mean_pot)
    asked = np.where(np.isfinite(announced), announced, np.where(np.isfinite(share), share * total, by_pots))
    size = np.where(_is_kind(frame, COMMISSION), asked, np.minimum(asked, total))
    enabled = inputs.numbers("actions", "enabled", frame.index)
    return size * enabled, (asked - size) * enabled


def _is_kind(frame: Frame, kind: str) -> Mask:
    mask = np.zeros(len(frame.rows), dtype=bool)
    mask[frame.of_kind(kind)] = True
    return mask


def eligible_of(frame: Frame, opening: Opening) -> Array:
    """Return ``e``: the capacity of each plant that each action reaches, shape ``(draws or 1, actions, plants)``."""
    by_choice = _capacity_by_choice(opening)
    draws = max(part.shape[0] for part in by_choice.values())
    eligible = np.zeros((draws, *frame.reach.shape))
    groups: dict[tuple[str, str], list[int]] = {}
    for place, action in enumerate(frame.actions):
        groups.setdefault((action.kind or "", action.compliance or ANY), []).append(place)
    for choice, places in groups.items():
        for first in range(0, len(places), _ACTIONS_AT_ONCE):
            stop_if_cancelled()
            some = places[first : first + _ACTIONS_AT_ONCE]
            eligible[:, some, :] = by_choice[choice][:, None, :] * frame.reach[some]
    return eligible


def _capacity_by_choice(opening: Opening) -> dict[tuple[str, str], Array]:
    """Return the capacity that each kind reaches by compliance, kt/y, shape ``(draws or 1, plants)``."""
    whatever = {HALT: opening.under_construction, COMMISSION: opening.built}
    choices = (ANY, COMPLIANT, NON_COMPLIANT)
    found = {(kind, choice): capacity for kind, capacity in whatever.items() for choice in choices}
    parts = {
        CLOSE: (opening.built, opening.compliant, opening.non_compliant),
        CURTAIL: (opening.operating, opening.operating_c, opening.operating_nc),
        RESTART: (opening.built - opening.operating, opening.idle_c, opening.idle_nc),
    }
    for kind, (any_part, compliant, non_compliant) in parts.items():
        found |= {(kind, ANY): any_part, (kind, COMPLIANT): compliant, (kind, NON_COMPLIANT): non_compliant}
    return found


def _weights(frame: Frame, eligible: Array, total: Array, reached: Indices | None) -> Array:
    """Return eligible capacity over its total; done in place, for it is the largest array of a run."""
    weights = eligible
    weights *= ratio(np.ones(1), total)[..., None]
    for place in frame.of_kind(COMMISSION):
        members = frame.reach[place]
        count = int(members.sum() if reached is None else reached[place])
        equal = members / max(1, count)
        weights[:, place, :] = np.where(total[:, place, None] == 0.0, equal, weights[:, place, :])
    return weights


def _running_share(frame: Frame, inputs: Inputs, opening: Opening) -> Array:
    """Return the part of each closure that falls on running capacity, shape ``(draws or 1, closures, plants)``."""
    places = frame.of_kind(CLOSE)
    stated = inputs.numbers("actions", "operating_share", frame.index[places])
    implied = {
        ANY: ratio(opening.operating, opening.built),
        COMPLIANT: ratio(opening.operating_c, opening.compliant),
        NON_COMPLIANT: ratio(opening.operating_nc, opening.non_compliant),
    }
    draws = max(stated.shape[0], opening.built.shape[0], opening.operating.shape[0], opening.non_compliant.shape[0])
    shares = np.empty((draws, len(places), opening.built.shape[1]))
    for row, place in enumerate(places):
        blank = np.isnan(stated[:, row, None])
        shares[:, row, :] = np.where(blank, implied[frame.actions[place].compliance or ANY], stated[:, row, None])
    return shares


def reached_part(frame: Frame, opening: Opening, eligible: Array) -> Array:
    """Return ``f`` of the share cuts (section 4): where nothing ran at the opening they reach what is compliant.

    Parameters
    ----------
    frame, opening
        The run.
    eligible
        What the share cuts can reach, kt/y, shape ``(draws or 1, share cuts, plants)``; so is what is returned.
    """
    places = frame.share_cuts
    operating = opening.operating[:, None, :]
    whole = np.array([(frame.actions[place].compliance or ANY) != NON_COMPLIANT for place in places], dtype=bool)
    idle = np.broadcast_to(whole[:, None] & frame.reach[places], (1, *frame.reach[places].shape))
    return np.where(operating == 0.0, idle, ratio(eligible, operating))
