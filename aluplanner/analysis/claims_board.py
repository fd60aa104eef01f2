"""The claims board: every claim in every scenario, with its margin (sections 1 and 11 of the model page)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aluplanner.analysis.answer_table import AnswerColumn, AnswerTable, Figure, json_number
from aluplanner.analysis.claim_words import claimed, unit_of
from aluplanner.analysis.claims import ClaimResult, check_claims
from aluplanner.i18n import tr
from aluplanner.model.claims import Claim
from aluplanner.model.plan import Address, Plan
from aluplanner.model.progress import Cancelled, Progress, tell_progress, watched
from aluplanner.model.scenarios import BASE
from aluplanner.model.solver import solve


@dataclass(frozen=True, eq=False)
class ClaimsBoard:
    """Every claim in some scenarios.

    Attributes
    ----------
    claims
        The claims, in the order of their table.
    units
        The unit of each claim's measure; empty where it cannot be read.
    results
        By scenario, one result a claim; a scenario that has errors is missing.
    """

    claims: tuple[Claim, ...]
    units: tuple[str, ...]
    results: Mapping[str, tuple[ClaimResult, ...]]

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The scenarios."""
        return tuple(self.results)

    def held(self, scenario: str) -> int:
        """Return how many claims hold in a scenario."""
        return sum(found.holds is True for found in self.results[scenario])

    def held_in(self, place: int) -> int:
        """Return in how many scenarios a claim holds."""
        return sum(results[place].holds is True for results in self.results.values())

    def tables(self) -> tuple[AnswerTable, ...]:
        """Return the verdicts, the margins and the values, a row for each claim and a column for each scenario."""
        return self._verdicts(), self._figures("Margins", tr("Margin"), "margin"), self._figures(
            "Values", tr("Value"), "value"
        )  # fmt: skip

    def as_json(self) -> dict[str, object]:
        """Return the results by scenario."""
        return {
            scenario: [_as_json(found, unit) for found, unit in zip(results, self.units, strict=True)]
            for scenario, results in self.results.items()
        }

    # Tables

    def _verdicts(self) -> AnswerTable:
        columns = (
            AnswerColumn(tr("Claim")), AnswerColumn(tr("Measure")), AnswerColumn(tr("Claimed")),
            AnswerColumn(tr("Unit")), AnswerColumn(tr("Holds in")),
            *(AnswerColumn(scenario) for scenario in self.scenarios),
        )  # fmt: skip
        rows = [self._verdict_row(place, claim) for place, claim in enumerate(self.claims)]
        held = (_of(self.held(scenario), len(self.claims)) for scenario in self.scenarios)
        rows.append((tr("Held of all"), "", "", "", "", *held))
        return AnswerTable("Claims", tr("Claims in every scenario"), columns, tuple(rows), (), self._addresses(None))

    def _verdict_row(self, place: int, claim: Claim) -> tuple[Figure, ...]:
        return (
            claim.claim, claim.measure, claimed(claim), self.units[place],
            _of(self.held_in(place), len(self.results)),
            *(verdict_word(results[place]) for results in self.results.values()),
        )  # fmt: skip

    def _figures(self, name: str, title: str, field: str) -> AnswerTable:
        is_margin = field == "margin"
        columns = (
            AnswerColumn(tr("Claim")), AnswerColumn(tr("Unit")),
            *(AnswerColumn(scenario, decimals=None, is_signed=is_margin) for scenario in self.scenarios),
        )  # fmt: skip
        rows = tuple(
            (claim.claim, self.units[place], *(getattr(results[place], field) for results in self.results.values()))
            for place, claim in enumerate(self.claims)
        )
        note = tr("Margin: how far inside the claim the measure lies, tolerance included; below zero it fails by that.")
        return AnswerTable(name, title, columns, rows, (note,) if is_margin else (), self._addresses())

    def _addresses(self, *more: Address | None) -> tuple[Address | None, ...]:
        return *(Address("claims", claim.claim, "claim") for claim in self.claims), *more


def claims_board(
    plan: Plan,
    scenarios: Iterable[str] | None = None,
    *,
    cancelled: Cancelled = None,
    progress: Progress = None,
) -> ClaimsBoard:
    """Return every claim of a plan in some scenarios.

    Parameters
    ----------
    plan
        The plan.
    scenarios
        Their names; by default the base and every scenario.
    cancelled, progress
        Asked and told while it works.

    Raises
    ------
    PlanError
        If the plan has errors, or there is no such scenario.
    SolveCancelled
        When ``cancelled`` said so.
    """
    names = (BASE, *plan.scenario_names) if scenarios is None else tuple(scenarios)
    results: dict[str, tuple[ClaimResult, ...]] = {}
    with watched(cancelled, progress):
        for place, name in enumerate(names):
            tell_progress(place / len(names))
            balance = solve(plan, name)
            results[balance.scenario] = check_claims(balance)
    return board_of(plan, results)


def board_of(plan: Plan, results: Mapping[str, tuple[ClaimResult, ...]]) -> ClaimsBoard:
    """Return the board of a plan whose claims have been checked, by scenario."""
    claims = tuple(plan.claims)
    return ClaimsBoard(claims, tuple(unit_of(claim, plan) for claim in claims), dict(results))


def verdict_word(found: ClaimResult) -> str:
    """Return a result as a word."""
    if found.holds is None:
        return tr("cannot be checked")
    return tr("holds") if found.holds else tr("fails")


def _of(some: int, whole: int) -> str:
    return tr("{some} of {whole}", some=some, whole=whole)


def _as_json(found: ClaimResult, unit: str) -> dict[str, object]:
    return {
        "claim": found.claim.claim,
        "measure": found.claim.measure,
        "value": json_number(found.value),
        "holds": found.holds,
        "margin": json_number(found.margin),
        "problem": found.problem,
        "unit": unit,
    }
