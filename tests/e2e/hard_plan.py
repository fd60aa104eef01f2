"""A plan with what goes wrong between two programs: many digits, percents, months, and texts that look like values."""

from dataclasses import replace

from aluplanner.model.plan import Plan
from aluplanner.model.plants import Plant
from tests.document.small_plan import START, small_plan

QUOTED = 'He said "no",\nthen left; later'
TEXTS = ("007", "3月", "=x", "TRUE", "2017-06", "中国 电解铝 <b>&amp;</b>", '"quoted"', QUOTED)
"""Each would be something else, or two cells, if it were not kept as it is."""
NUMBERS = (
    1234.567890123456,
    0.1234567890123456,
    9007199254740.99,
    1e-7,
    333.3333333333333,
    0.1,
    98765.4321098765,
    1000000.0,
)


def hard_plan() -> Plan:
    """Return a plan whose plants carry the numbers and the texts, and whose actions carry shares and months."""
    plan = small_plan()
    plants = [
        Plant(f"厂 {place}", built=2e13, under_construction=number, first_output=START + place, note=text)
        for place, (number, text) in enumerate(zip(NUMBERS, TEXTS, strict=True), start=1)
    ]
    actions = [
        replace(
            plan.actions[0], action=f"Cut {place}", target="All", share=None, implementation=rate, start=START + place
        )
        for place, rate in enumerate((0.3, 0.123456789012345, 1.0, 0.07, 0.0))
    ]
    bare = plan.with_table(plan.scenarios.replaced(())).with_table(plan.overrides.replaced(()))
    for table in ("claims", "uncertainty"):
        bare = bare.with_table(bare.table(table).replaced(()))
    return bare.with_table(bare.plants.replaced(plants)).with_table(bare.actions.replaced(actions))
