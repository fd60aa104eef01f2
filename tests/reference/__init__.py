"""A second, slow and loop-only implementation of the model page, written from the page alone.

It shares no code with the product.  Its only purpose is to be compared with the product's solver.
"""

from .claims import check_claim
from .measures import measure
from .run import run

__all__ = ["check_claim", "measure", "run"]
