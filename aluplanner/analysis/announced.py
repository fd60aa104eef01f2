"""What the policy has announced up to each month."""

import numpy as np

from aluplanner.analysis.result_names import action_orders
from aluplanner.model.balance import Balance
from aluplanner.model.inputs import Array


def announced_so_far(balance: Balance) -> Array:
    """Return the sizes of the watched orders (section 8) announced up to each month, kt/y, shape ``(months,)``."""
    months, sizes = len(balance.horizon), balance.announced_by_action
    steps = np.zeros(months)
    for name in action_orders(balance.plan):
        action = balance.plan.actions.find(name)
        month = None if action is None else action.announced_on or action.start
        if month is not None and (t := max(0, balance.horizon.index(month))) < months:
            steps[t] += sizes.get(name, 0.0)
    return np.cumsum(steps)
