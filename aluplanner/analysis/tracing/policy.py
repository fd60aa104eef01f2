"""The policy gap, action by action: due, implemented, landed, overhang, credibility, premium (section 8)."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import numpy as np

from aluplanner.analysis.tracing.effects import Effects, action_line, size_column
from aluplanner.analysis.tracing.figures import Figures
from aluplanner.analysis.tracing.lines import Kind, Line, Story, assumption, scaled, with_rest
from aluplanner.analysis.tracing.places import ByPlace
from aluplanner.i18n import tr
from aluplanner.model.inputs import Array
from aluplanner.model.numeric import ratio
from aluplanner.model.phasing import live
from aluplanner.model.schema import fold

_TOLD_BY: Final = {"due": "implemented", "implemented": "effective", "landed": "due", "overhang": "implemented"}
"""What tells more about an action in each series."""


def policy_stories(figures: Figures, series: str, names: tuple[str, ...]) -> tuple[Story, ...]:
    """Return the stories of a sum over actions: the orders that the market watches, or the actions named."""
    places = _places(figures, names)
    actions = Story("action", tr("By action"), lambda: list(_lines(figures, series, places)))
    if series == "overhang":
        return (Story("action", tr("By action"), partial(overhang_lines, figures)),)
    everywhere = np.ones(len(figures.smelters), dtype=bool)
    by_place = ByPlace(figures, partial(_at_plants, figures, series, places), everywhere, "operating")
    return actions, *(
        Story(story.key, story.title, partial(_with_unreached, figures, series, places, story))
        for story in by_place.stories()
    )


def _places(figures: Figures, names: tuple[str, ...]) -> list[int]:
    """Return the actions that count, as indices among those that take part."""
    frame = figures.run.frame
    wanted = {fold(name) for name in names}
    return [
        place
        for place, action in enumerate(frame.actions)
        if (fold(action.action) in wanted if names else frame.watched[place])
    ]


def _values(figures: Figures, series: str, place: int) -> Array:
    """Return a series of one action by month, kt/y."""
    pull = figures.run.forces.first
    size = float(figures.run.reach.size[0, place])
    due, done = pull.due[0, :, place], pull.implemented[0, :, place]
    if series == "announced":
        return np.full(figures.months, size)
    if series == "effective":
        return Effects(figures, np.ones(len(figures.smelters), dtype=bool)).effective(place)
    if series == "landed":
        return np.minimum(done, due)
    return due if series == "due" else done


def _lines(figures: Figures, series: str, places: list[int]) -> Iterator[Line]:
    told = _TOLD_BY.get(series, "due")
    for place in places:
        is_stated = series in ("announced", "due")
        column = size_column(figures.run.frame.actions[place]) if is_stated else "implementation"
        yield action_line(figures, place, _values(figures, series, place), told, column)


def _at_plants(figures: Figures, series: str, places: list[int]) -> Array:
    effects = Effects(figures, np.ones(len(figures.smelters), dtype=bool))
    numbers = np.zeros((figures.months, len(figures.smelters)))
    for place in places:
        if series == "effective":
            numbers += effects.at_plants(place)
        else:
            numbers += np.outer(_values(figures, series, place), figures.run.reach.weights[0, place])
    return numbers


def _with_unreached(figures: Figures, series: str, places: list[int], story: Story) -> list[Line]:
    whole = np.sum([np.zeros(figures.months), *(_values(figures, series, place) for place in places)], axis=0)
    return with_rest(story.lines(), whole, tr("At no plant"))


# Overhang, premium, credibility


def overhang_lines(figures: Figures) -> list[Line]:
    """Return what each announced order has yet to bring, and what the cap at all that runs takes off."""
    lines = [action_line(figures, place, left, "implemented") for place, left in _left_over(figures)]
    return [*lines, Line(tr("No more than all that runs"), Kind.REMAINDER, _beyond_cap(figures, lines))]


def _left_over(figures: Figures) -> Iterator[tuple[int, Array]]:
    frame, run = figures.run.frame, figures.run
    start, announced_on = frame.month_index("start")[0], frame.month_index("announced_on")[0]
    announced_on = np.where(np.isnan(announced_on), start, announced_on)
    in_force = live(figures.months, announced_on, frame.month_index("end")[0], frame.repeats)
    for place in _places(figures, ()):
        left = np.maximum(0.0, run.reach.size[0, place] - run.forces.first.implemented[0, :, place])
        yield place, left * in_force[:, place]


def _beyond_cap(figures: Figures, lines: list[Line]) -> Array:
    left = np.sum([np.zeros(figures.months), *(line.values for line in lines)], axis=0)
    taken: Array = np.minimum(0.0, _running(figures) - left)
    return taken


def _running(figures: Figures) -> float:
    """Return the smelters' operating capacity at the opening, kt/y."""
    return float(figures.opening_operating[figures.smelters].sum())


def premium_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the story of the expectation premium."""
    note = tr("What each order has yet to bring, times credibility and premium strength, over all that ran.")
    return (Story("action", tr("By action"), partial(premium_lines, figures), note),)


def premium_lines(figures: Figures) -> list[Line]:
    """Return the premium by action."""
    per_overhang = figures.number("premium_strength") * figures.series("credibility")
    running = np.full(figures.months, _running(figures))
    return scaled(overhang_lines(figures), ratio(per_overhang, running))


def credibility_stories(figures: Figures) -> tuple[Story, ...]:
    """Return the stories of credibility."""
    note = tr("An order that lands as believed changes nothing; one that lands better or worse moves belief.")
    return (
        Story("action", tr("By action"), lambda: [_belief_before(figures), *_learnt_by_action(figures)], note),
        Story("learning", tr("From the belief before"), lambda: [_belief_before(figures), _learnt(figures)]),
    )


def _belief_before(figures: Figures) -> Line:
    return Line(
        figures.balance.title("credibility"), Kind.OPENING, figures.before("credibility"), carries="credibility"
    )


def _learning_speed(figures: Figures) -> Array:
    """Return which part of the way belief goes in each month."""
    due, running = figures.series("due"), _running(figures)
    scale = np.full(figures.months, figures.number("learning_scale") * running)
    speed = figures.number("learning") * np.minimum(1.0, ratio(due, scale))
    return np.where((due > 0.0) & (running > 0.0), speed, 0.0)


def _learnt(figures: Figures) -> Line:
    reached = ratio(figures.series("landed"), figures.series("due"))
    learnt = _learning_speed(figures) * (reached - figures.before("credibility"))
    return Line(tr("Learnt from what has landed"), Kind.ASSUMPTION, learnt, link=assumption("learning"))


def _learnt_by_action(figures: Figures) -> Iterator[Line]:
    speed = ratio(_learning_speed(figures), figures.series("due"))
    belief = figures.before("credibility")
    for place in _places(figures, ()):
        beyond = _values(figures, "landed", place) - belief * _values(figures, "due", place)
        yield action_line(figures, place, speed * beyond, "due")
