"""Several plans, each in several scenarios, under the same draws: how versions of a plan differ, and how surely."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, json_number
from aluplanner.analysis.cell_words import measure_column
from aluplanner.analysis.monte_carlo import DRAWS, MonteCarlo, monte_carlo
from aluplanner.analysis.monte_carlo_paired import Paired, paired_measure
from aluplanner.analysis.question_error import QuestionError
from aluplanner.analysis.streams import Sampling
from aluplanner.i18n import tr
from aluplanner.model.measure import Measure, parse_measure
from aluplanner.model.plan import Plan
from aluplanner.model.progress import Cancelled, Progress, part_of_work, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.schema import fold


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Plans × scenarios × draws.

    Attributes
    ----------
    members
        The draws of each plan, by the plan's name; the first is what the others are compared with.
    measures
        What is measured.
    """

    members: Mapping[str, MonteCarlo]
    measures: tuple[Measure, ...]

    @property
    def first(self) -> str:
        """The name of the plan that the others are compared with."""
        return next(iter(self.members))

    def differences(self) -> tuple[Paired, ...]:
        """Return how every measure of every other plan differs from the first plan's in the same scenario."""
        found = []
        base = self.members[self.first]
        for name, member in list(self.members.items())[1:]:
            for scenario in (each for each in member.names if each in base.names):
                for measure in self.measures:
                    paired = paired_measure(member.of(scenario), base.of(scenario), measure)
                    found.append(replace(paired, first=_member(name, scenario), second=_member(self.first, scenario)))
        return tuple(found)

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the spread of each measure by plan and scenario, and how the plans differ draw by draw."""
        spreads = tuple(self._spreads(place, measure) for place, measure in enumerate(self.measures))
        return (*spreads, self._difference_table()) if len(self.members) > 1 else spreads

    def _spreads(self, place: int, measure: Measure) -> AnswerTable:
        shown = measure_column(measure, "")
        words = (tr("As planned"), tr("Mean"), "5 %", tr("Median"), "95 %")
        columns = (
            AnswerColumn(tr("Plan")),
            AnswerColumn(tr("Scenario")),
            *(replace(shown, heading=word) for word in words),
        )
        rows = []
        for name, member in self.members.items():
            for scenario in member.names:
                spread = member.of(scenario).spread(measure)
                low, _, median, _, high = spread.percentiles
                rows.append((name, scenario, spread.plan, spread.mean, low, median, high))
        some = next(iter(self.members.values()))
        note = tr(
            "{draws} draws, seed {seed}: every plan and scenario meets the same ones.",
            draws=f"{some.draws:,}",
            seed=some.seed,
        )
        return AnswerTable(tr("Measure {number}", number=place + 1), str(measure), columns, tuple(rows), (note,))

    def _difference_table(self) -> AnswerTable:
        shown = AnswerColumn("", "", None, is_signed=True)
        columns = (
            *(AnswerColumn(word) for word in (tr("Plan and scenario"), tr("Less"), tr("Measure"), tr("Unit"))),
            *(replace(shown, heading=word) for word in (tr("As planned"), tr("Mean"), "5 %", "95 %")),
            AnswerColumn(tr("Lower in"), decimals=1, is_percent=True),
        )  # fmt: skip
        rows = tuple(
            (each.first, each.second, each.label, each.unit, each.plan, each.mean, each.percentiles[0],
             each.percentiles[-1], each.tighter)
            for each in self.differences()
        )  # fmt: skip
        return AnswerTable(tr("Differences"), tr("Draw by draw against {plan}", plan=self.first), columns, rows)

    def as_json(self) -> dict[str, object]:
        """Return the ensemble in full precision, without the single draws."""
        return {
            "plans": {name: member.as_json() for name, member in self.members.items()},
            "differences": [_difference_json(each) for each in self.differences()],
        }


def _difference_json(each: Paired) -> dict[str, object]:
    return {
        "of": each.first,
        "less": each.second,
        "measure": each.label,
        "unit": each.unit,
        "plan": json_number(each.plan),
        "mean": json_number(each.mean),
        "deviation": json_number(each.deviation),
        "percentiles": [json_number(value) for value in each.percentiles],
        "lower": json_number(each.tighter),
    }


def _member(plan: str, scenario: str) -> str:
    return tr("{plan}, {scenario}", plan=plan, scenario=scenario)


def ensemble(
    plans: Mapping[str, Plan],
    measures: Iterable[str],
    *,
    scenarios: Sequence[str] | None = None,
    draws: int = DRAWS,
    seed: int = 1,
    sampling: Sampling | str = Sampling.RANDOM,
    executor: Executor | None = None,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> Ensemble:
    """Return what some plans say in some scenarios under the same draws.

    A cell that is uncertain in two plans meets the same chances in both, wherever its ranges lie.

    Parameters
    ----------
    plans
        By name; the first is what the others are compared with.
    measures
        What is measured, such as ``balance 2017H2 sum``.
    scenarios
        Those that each plan is asked about, as far as it has them; the base by default.
    draws, seed, sampling, executor
        See :func:`aluplanner.analysis.monte_carlo.monte_carlo`.
    cancelled, progress
        See :func:`aluplanner.model.progress.watched`.

    Raises
    ------
    PlanError
        If a plan has errors or none of the scenarios, no plan has one of them, or no plan is given.
    MeasureError
        If a plan cannot read a measure.
    SolveCancelled
        When ``cancelled`` said so.
    """
    if not plans:
        raise QuestionError("plans", tr("No plan was given."), tr("Give at least one."))
    chosen = {name: _known(name, plan, scenarios or [BASE]) for name, plan in plans.items()}
    _require_known(plans, scenarios or ())
    texts = tuple(measures)
    parsed = tuple(parse_measure(text, next(iter(plans.values()))) for text in texts)
    members = {}
    with watched(cancelled, progress):
        for place, (name, plan) in enumerate(plans.items()):
            with part_of_work(place / len(plans), (place + 1) / len(plans)):
                members[name] = monte_carlo(
                    plan, draws=draws, seed=seed, scenarios=chosen[name], sampling=sampling,
                    measures=texts, executor=executor,
                )  # fmt: skip
    return Ensemble(members, parsed)


def _require_known(plans: Mapping[str, Plan], scenarios: Sequence[str]) -> None:
    """Raise if a scenario is in none of the plans."""
    known = {fold(each) for plan in plans.values() for each in (BASE, *plan.scenario_names)}
    unknown = [each for each in scenarios if fold(each) not in known]
    if unknown:
        message = tr("None of the plans has a scenario “{name}”.", name="”, “".join(unknown))
        raise QuestionError("scenario", message, tr("Name one that a plan has."))


def _known(name: str, plan: Plan, scenarios: Sequence[str]) -> list[str]:
    """Return the scenarios that a plan has, in its own spelling."""
    spelled = {fold(each): each for each in (BASE, *plan.scenario_names)}
    found = [spelled[fold(each)] for each in scenarios if fold(each) in spelled]
    if not found:
        message = tr("{plan} has none of the scenarios {scenarios}.", plan=name, scenarios=", ".join(scenarios))
        raise QuestionError("scenario", message, tr("Name one that it has."))
    return found
