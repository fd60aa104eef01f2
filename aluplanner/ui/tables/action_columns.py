"""The Actions table with how each action comes into force, and its size in the measures it is not stated in."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject

from aluplanner.document.document import Document
from aluplanner.document.solving import Solution
from aluplanner.i18n import number_style, tr
from aluplanner.model.actions import ACTIONS, MEASURES, Action, given_measure
from aluplanner.model.cell_text import show
from aluplanner.model.schema import Column, Type
from aluplanner.ui.plots.numbers import month_text
from aluplanner.ui.tables.faces import Face
from aluplanner.ui.tables.spark import Spark
from aluplanner.ui.tables.spark_model import Mask, SparkModel, Story
from aluplanner.ui.tables.spark_words import Path, capacity_text, path_text

if TYPE_CHECKING:  # the solver is loaded in the background, after the window is shown
    from aluplanner.model.action_size import ActionSize, ActionSizes

PHASE_IN_PATH: Final = Column(
    "phase_in_path", "Phase-in path", "推进走势", Type.TEXT, derived=True, width=10,
    meaning="Implemented by month in the selected scenario, dashed in the base; full height: the size announced",
)  # fmt: skip
_COLUMNS: Final = {column.name: column for column in ACTIONS.columns}


def size_text(name: str, value: float) -> str:
    """Return a size that follows from another measure, with the digits that matter for reading."""
    scale, fine = (100.0, 10.0) if name == "share" else (1.0, 100.0)
    shown = value * scale
    rounded = float(round(shown) if shown >= fine else f"{shown:.{2 if name == 'share' else 3}g}")
    return tr("≈ {size}", size=show(_COLUMNS[name], rounded / scale, number_style()))


class ActionStory(Story):
    """What the balances say about actions."""

    def __init__(self, solution: Solution) -> None:
        super().__init__(solution, "actions")
        self.sizes = self.selected.action_sizes
        self._base = self.base.action_sizes if self.base else None

    def _paths(self, place: int) -> tuple[Path, Path | None]:
        """Return what is implemented from the opening on, as if it were on, and in the base if that is different."""
        path, base = _path_of(self.sizes, place), None
        if self._base:
            base = _path_of(self._base, place) * self._base.is_on[place]
            if np.array_equal(base, path * self.sizes.is_on[place]):
                base = None
        return path, base

    def spark(self, place: int) -> Spark:
        path, base = self._paths(place)
        top = max(float(self.sizes.announced[place]), float(path.max()), 0.0 if base is None else float(base.max()))
        scale = 1.0 / top if top else 0.0
        return Spark((path * scale).tolist(), () if base is None else (base * scale).tolist(), self._start(place))

    def _start(self, place: int) -> float | None:
        """Return the step in which an action begins, delay included; ``None`` outside the months."""
        action: Action = self.rows[place]
        if action.start is None:
            return None
        t = action.start - self.months[0] + (action.delay or 0.0)
        return t + 1.0 if 0.0 <= t < len(self.months) else None

    def words(self, place: int) -> str:
        action: Action = self.rows[place]
        path, base = self._paths(place)
        size = capacity_text(float(self.sizes.announced[place]))
        lines = [tr("Implemented: {path}, of {size} kt/y", path=path_text(path, self.months), size=size)]
        if action.start is not None:
            template = tr("Starts {month}, delay included") if action.delay else tr("Starts {month}")
            lines.append(template.format(month=month_text(action.start + int(action.delay or 0.0))))
        if not self.sizes.is_on[place]:
            lines.append(tr("Switched off: takes no part; shown as if it were on"))
        if self.is_capped(place):
            excess = capacity_text(float(self.sizes.unallocated[place]))
            lines.append(tr("{excess} kt/y find no capacity and are left out", excess=excess))
        if base is not None:
            lines.append(tr("Base: {path}", path=path_text(base, self.months)))
        return "\n".join(lines)

    def is_capped(self, place: int) -> bool:
        return self.sizes.is_capped(place)

    def differing(self, before: Any) -> Mask:
        is_other = self.months != before.months or (self._base is None) is not (before._base is None)
        if is_other or self.selected.plan.plants is not before.selected.plan.plants:
            return np.ones(len(self.rows), dtype=bool)
        pairs = zip(self.rows, before.rows, strict=True)
        differs = np.array([new is not old for new, old in pairs], dtype=bool)
        for new, old in zip(self._figures(), before._figures(), strict=True):
            differs |= np.atleast_2d(new != old).any(axis=0)
        return differs

    def _figures(self) -> list[Any]:
        found = [self.sizes] if self._base is None else [self.sizes, self._base]
        return [
            figures
            for each in found
            for figures in (each.announced, each.eligible, each.unallocated, each.implemented, each.is_on)
        ]


def _path_of(sizes: "ActionSizes", place: int) -> Path:
    return np.concatenate([[0.0], sizes.implemented[:, place]])


class ActionsModel(SparkModel):
    """The Actions table with the path of what is implemented and the sizes that follow."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(document, "actions", PHASE_IN_PATH, ActionStory, parent)

    def size_at(self, row: int, column: int) -> tuple["ActionSize", float | None] | None:
        """Return an action's size and what it is in a column's measure; ``None`` where the cell itself states it."""
        name, story = self.columns[column].name, self.story
        given = given_measure(self.record(row)) if name in MEASURES else ""
        place = self.place_of(row) if given and given != name else None
        if place is None or not isinstance(story, ActionStory):
            return None
        size = story.sizes.of(place)
        return (size, getattr(size, name)) if size.given == given else None

    def _make_face(self, row: int, column: int) -> Face:
        face = super()._make_face(row, column)
        if self.columns[column].name not in MEASURES:
            return face
        self._told.add(row)
        sized = self.size_at(row, column)
        if face.text or sized is None or sized[1] is None:
            return face
        return replace(face, text=size_text(self.columns[column].name, sized[1]), is_default=True)

    def _tip(self, row: int, column: int) -> str:
        tip, sized = super()._tip(row, column), self.size_at(row, column)
        words = size_words(self.record(row), self.columns[column].name, *sized) if sized else ""
        return "\n".join(filter(None, (tip, words)))

    def told_columns(self) -> tuple[tuple[int, int], ...]:
        return (*super().told_columns(), self._measures())

    def _measures(self) -> tuple[int, int]:
        places = [place for place, column in enumerate(self.columns) if column.name in MEASURES]
        return places[0], places[-1]

    def _announce(self, first: int, last: int, left: int, right: int) -> None:
        """Announce a block of cells; with one of the measures the others, which follow from it."""
        begin, end = self._measures()
        if left <= end and right >= begin:
            left, right = min(left, begin), max(right, end)
        super()._announce(first, last, left, right)


def size_words(action: Action, name: str, size: "ActionSize", value: float | None) -> str:
    """Return where a size that is not stated comes from, or why there is none."""
    if value is None and name == "pots" and size.without_pot_size and size.share is not None:
        if size.without_pot_size == 1:
            return tr("No number of pots: 1 plant reached has no pot size")
        return tr("No number of pots: {count} plants reached have no pot size", count=size.without_pot_size)
    if value is None:
        return ""
    given = _COLUMNS[size.given]
    stated = show(given, getattr(action, size.given), number_style())
    template = (
        tr("Follows from {title}: {stated}; {eligible} kt/y eligible in 1 plant")
        if size.plants == 1
        else tr("Follows from {title}: {stated}; {eligible} kt/y eligible in {plants} plants")
    )
    words = template.format(
        title=given.heading.partition("(")[0].strip(),
        stated=stated,
        eligible=capacity_text(size.eligible),
        plants=size.plants,
    )
    if size.is_capped:
        left_out = tr("{excess} kt/y find no capacity and are left out", excess=capacity_text(size.unallocated))
        return f"{words}\n{left_out}"
    return words
