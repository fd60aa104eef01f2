"""Which plants make which product."""

import numpy as np
from numpy.typing import NDArray

from aluplanner.model.plants import ALUMINIUM, Plant
from aluplanner.model.rows import Rows


def makers_of(plants: Rows[Plant], product: str) -> NDArray[np.bool_]:
    """Return which plants make a product, shape ``(plants,)``; a blank product is aluminium."""
    return plants.kept(f"makers of {product}", lambda: _makers_of(plants, product), ("product",))


def _makers_of(plants: Rows[Plant], product: str) -> NDArray[np.bool_]:
    products = plants.column("product", range(len(plants)))
    return np.array([(made or ALUMINIUM) == product for made in products], dtype=bool)
