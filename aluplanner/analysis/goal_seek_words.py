"""What a goal seek says: a sentence, tables, data for machines."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, json_number
from aluplanner.analysis.cell_words import cells_title, objective_column, value_column, with_unit
from aluplanner.i18n import tr
from aluplanner.model.scenarios import BASE

if TYPE_CHECKING:
    from aluplanner.analysis.goal_seek import GoalSeek, Solution

_FLAT: Final = "flat"
_JUMP: Final = "jump"
"""Ways to meet the target, as :class:`aluplanner.analysis.goal_seek.Landing` has them."""


def verdict_of(answer: "GoalSeek") -> str:
    """Return the answer of a goal seek in one sentence: none, one or several."""
    said = {"aim": str(answer.objective), "target": with_unit(objective_column(answer.objective), answer.target)}
    if not answer.solutions:
        return _none_text(answer, said)
    if len(answer.solutions) == 1 and answer.solutions[0].landing == _JUMP:
        return tr(
            "At {value}, {aim} leaps over {target}.", value=_value_text(answer, answer.solutions[0].value), **said
        )
    places = _places(answer)
    if len(places) == 1:
        return tr("At {value}, {aim} comes to {target}.", value=places[0], **said)
    return tr(
        "{aim} comes to {target} at {count} values: {values}.", count=len(places), values=", ".join(places), **said
    )


def _places(answer: "GoalSeek") -> list[str]:
    """Return the solutions in words: both ends of a stretch as one, a leap as such."""
    places: list[str] = []
    begun = ""
    for each in answer.solutions:
        value = _value_text(answer, each.value)
        if each.landing == _FLAT and not begun:
            begun = value
            continue
        if each.landing == _FLAT:
            value, begun = tr("anything from {low} to {high}", low=begun, high=value), ""
        places.append(tr("{value} (leaping over it)", value=value) if each.landing == _JUMP else value)
    return places


def _none_text(answer: "GoalSeek", said: Mapping[str, str]) -> str:
    ends = {"low": _value_text(answer, answer.low), "high": _value_text(answer, answer.high)}
    none = tr("No value between {low} and {high} brings {aim} to {target}.", **ends, **said)
    if answer.nearest is None:
        return f"{none} {tr('The measure is blank throughout.')}"
    reached = with_unit(objective_column(answer.objective), answer.nearest.reached)
    if answer.is_flat:
        return f"{none} {tr('It makes no difference: {reached} throughout.', reached=reached)}"
    near = _value_text(answer, answer.nearest.value)
    return f"{none} {tr('The nearest is {reached}, at {value}.', reached=reached, value=near)}"


def _value_text(answer: "GoalSeek", value: float) -> str:
    return with_unit(value_column(answer.plan, answer.addresses[0]), value)


def goal_seek_tables(answer: "GoalSeek") -> tuple[AnswerTable, ...]:
    """Return the solutions of a goal seek, and its curve."""
    title = cells_title(answer.plan, answer.addresses)
    cells = value_column(answer.plan, answer.addresses[0], tr("Value"))
    aim = objective_column(answer.objective)
    shown = answer.solutions or ((answer.nearest,) if answer.nearest else ())
    solutions = AnswerTable(
        tr("Goal seek"), answer.verdict, (AnswerColumn(tr("Answer")), cells, aim),
        tuple((_landing_text(answer, each), each.value, each.reached) for each in shown),
        notes_of(answer), (answer.addresses[0],) * len(shown),
    )  # fmt: skip
    rows = tuple(zip(answer.curve_values.tolist(), answer.curve.tolist(), strict=True))
    curve = AnswerTable(tr("Curve"), tr("{aim} by {cells}", aim=str(answer.objective), cells=title), (cells, aim), rows)
    return solutions, curve


def notes_of(answer: "GoalSeek") -> tuple[str, ...]:
    """Return what a reader should know of a goal seek."""
    aim = objective_column(answer.objective)
    held = "" if answer.now_value is None else _value_text(answer, answer.now_value)
    now = with_unit(aim, json_number(answer.now)) or tr("blank")
    notes = [
        tr("Varied: {cells}.", cells=cells_title(answer.plan, answer.addresses)),
        tr("Scenario {scenario} as it stands: {now} at {value}.", scenario=answer.scenario or BASE, now=now, value=held)
        if held
        else tr("Scenario {scenario} as it stands: {now}.", scenario=answer.scenario or BASE, now=now),
    ]
    if answer.draws:
        notes.append(
            tr(
                "Over {draws} draws with seed {seed}, the same at every value; a cell that is varied is not drawn.",
                draws=f"{answer.draws:,}", seed=answer.seed,
            )
        )  # fmt: skip
    if not answer.is_monotone:
        notes.append(tr("The measure turns round between the bounds: more is not always more."))
    return tuple(notes)


def _landing_text(answer: "GoalSeek", solution: "Solution") -> str:
    words = {"exact": tr("solution"), _FLAT: tr("end of a stretch of solutions"), _JUMP: tr("leaps over the target")}
    return words[solution.landing] if answer.solutions else tr("nearest")


def goal_seek_json(answer: "GoalSeek") -> dict[str, object]:
    """Return a goal seek in full precision."""
    return {
        "scenario": answer.scenario or BASE,
        "vary": [str(address) for address in answer.addresses],
        "objective": str(answer.objective),
        "unit": answer.objective.unit,
        "target": answer.target,
        "between": [answer.low, answer.high],
        "answer": "none" if not answer.solutions else "one" if len(answer.solutions) == 1 else "several",
        "solutions": [_solution_json(each) for each in answer.solutions],
        "nearest": _solution_json(answer.nearest) if answer.nearest else None,
        "now": {"value": answer.now_value, "objective": json_number(answer.now)},
        "curve": {
            "values": answer.curve_values.tolist(),
            "objective": [json_number(value) for value in answer.curve.tolist()],
        },
        "draws": answer.draws,
        "seed": answer.seed if answer.draws else None,
    }


def _solution_json(solution: "Solution") -> dict[str, object]:
    return {"value": solution.value, "reached": json_number(solution.reached), "landing": str(solution.landing)}
