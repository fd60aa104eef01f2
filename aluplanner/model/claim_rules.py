"""Rules of the Claims table (sections 1 and 11 of the model page)."""

from collections.abc import Iterator

from aluplanner.i18n import tr
from aluplanner.model.cell_rules import cell_issue
from aluplanner.model.claims import BETWEEN
from aluplanner.model.issues import Issue
from aluplanner.model.measure import MeasureError, parse_measure
from aluplanner.model.plan import Plan


def check_claims_table(plan: Plan) -> Iterator[Issue]:
    """Yield measures that cannot be read, and ranges without an upper end."""
    rows = plan.claims
    for position, claim in enumerate(rows):
        if claim.measure:
            try:
                parse_measure(claim.measure, plan)
            except MeasureError as error:
                yield cell_issue(rows, position, "measure", "measure", error.message, error.remedy)
        if claim.relation == BETWEEN:
            if claim.upper is None:
                yield cell_issue(
                    rows,
                    position,
                    "upper",
                    "required",
                    tr("Upper is empty."),
                    tr("“between” needs both ends."),
                )
            elif claim.value is not None and claim.upper < claim.value:
                yield cell_issue(
                    rows,
                    position,
                    "upper",
                    "order",
                    tr("The upper end lies below the value."),
                    tr("Give the lower end in Value and the upper end in Upper."),
                )
