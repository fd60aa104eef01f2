"""Which capacity an action can reach, and how large it is (section 2 of the model page)."""

from dataclasses import dataclass, fields

import numpy as np

from aluplanner.model.actions import ANY, CLOSE, COMMISSION, COMPLIANT, CURTAIL, HALT, MEASURES, NON_COMPLIANT, RESTART
from aluplanner.model.cancelling import stop_if_cancelled
from aluplanner.model.frame import Frame
from aluplanner.model.inputs import Array, Inputs
from aluplanner.model.numeric import ratio, some_draws

PLANT_COLUMNS = ("built", "operating", "non_compliant", "under_construction", "pot_size")
SIZE_COLUMNS = (*MEASURES, "enabled")


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
    """

    opening: Opening
    weights: Array
    size: Array
    unallocated: Array
    eligible: Array
    running_weights: Array
    cut_shares: Array

    def chunk(self, part: slice) -> "Reach":
        """Return the reach in some of the draws."""
        opening = Opening(*(some_draws(getattr(self.opening, item.name), part) for item in fields(Opening)))
        rest = (some_draws(getattr(self, item.name), part) for item in fields(Reach)[1:])
        return Reach(opening, *rest)


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
    eligible = _eligible(frame, opening)
    stop_if_cancelled()
    total = eligible.sum(axis=-1)
    asked = _asked_size(frame, inputs, eligible, total)
    size = np.where(_is_kind(frame, COMMISSION), asked, np.minimum(asked, total))
    enabled = inputs.numbers("actions", "enabled")[:, frame.index]
    stop_if_cancelled()
    cuts = _cut_shares(frame, inputs, opening, eligible)
    stop_if_cancelled()
    weights = _weights(frame, eligible, total)
    stop_if_cancelled()
    running = weights[:, frame.of_kind(CLOSE), :] * _running_share(frame, inputs, opening)
    return Reach(opening, weights, size * enabled, (asked - size) * enabled, total, running, cuts)


def _is_kind(frame: Frame, kind: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    mask = np.zeros(len(frame.rows), dtype=bool)
    mask[frame.of_kind(kind)] = True
    return mask


def _eligible(frame: Frame, opening: Opening) -> Array:
    by_choice = _capacity_by_choice(opening)
    draws = max(part.shape[0] for part in by_choice.values())
    eligible = np.zeros((draws, *frame.reach.shape))
    groups: dict[tuple[str, str], list[int]] = {}
    for place, action in enumerate(frame.actions):
        groups.setdefault((action.kind or "", action.compliance or ANY), []).append(place)
    for choice, places in groups.items():
        eligible[:, places, :] = by_choice[choice][:, None, :] * frame.reach[places]
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


def _weights(frame: Frame, eligible: Array, total: Array) -> Array:
    """Return eligible capacity over its total; done in place, for it is the largest array of a run."""
    weights = eligible
    weights *= ratio(np.ones(1), total)[..., None]
    for place in frame.of_kind(COMMISSION):
        reached = frame.reach[place]
        equal = reached / max(1, int(reached.sum()))
        weights[:, place, :] = np.where(total[:, place, None] == 0.0, equal, weights[:, place, :])
    return weights


def _asked_size(frame: Frame, inputs: Inputs, eligible: Array, total: Array) -> Array:
    announced, share, pots = (inputs.numbers("actions", name)[:, frame.index] for name in MEASURES)
    pot_size = inputs.numbers("plants", "pot_size")
    by_pots = np.isfinite(pots).any()
    mean_pot = ratio((eligible @ pot_size[:, :, None])[:, :, 0], total) if by_pots else 0.0
    return np.where(np.isfinite(announced), announced, np.where(np.isfinite(share), share * total, pots * mean_pot))


def _running_share(frame: Frame, inputs: Inputs, opening: Opening) -> Array:
    """Return the part of each closure that falls on running capacity, shape ``(draws or 1, closures, plants)``."""
    places = frame.of_kind(CLOSE)
    stated = inputs.numbers("actions", "operating_share")[:, frame.index[places]]
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


def _cut_shares(frame: Frame, inputs: Inputs, opening: Opening, eligible: Array) -> Array:
    """Return ``share · f`` of the share cuts; where nothing ran at the opening they reach what is compliant."""
    places = frame.share_cuts
    share = inputs.numbers("actions", "share")[:, frame.index[places], None]
    operating = opening.operating[:, None, :]
    whole = np.array([(frame.actions[place].compliance or ANY) != NON_COMPLIANT for place in places], dtype=bool)
    idle = np.broadcast_to(whole[:, None] & frame.reach[places], (1, *frame.reach[places].shape))
    part: Array = np.where(operating == 0.0, idle, ratio(eligible[:, places, :], operating))
    return share * part
