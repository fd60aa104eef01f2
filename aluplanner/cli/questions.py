"""The commands that ask the model."""

from typing import Final

from aluplanner.cli.attribute import QUESTION as ATTRIBUTE
from aluplanner.cli.backtest import QUESTION as BACKTEST
from aluplanner.cli.calibrate import QUESTION as CALIBRATE
from aluplanner.cli.compare import QUESTION as COMPARE
from aluplanner.cli.ensemble import QUESTION as ENSEMBLE
from aluplanner.cli.forecast import QUESTION as FORECAST
from aluplanner.cli.goalseek import QUESTION as GOALSEEK
from aluplanner.cli.ledger import QUESTION as LEDGER
from aluplanner.cli.montecarlo import QUESTION as MONTECARLO
from aluplanner.cli.question import Question
from aluplanner.cli.sweep import QUESTION as SWEEP
from aluplanner.cli.tornado import QUESTION as TORNADO

QUESTIONS: Final[tuple[Question, ...]] = (
    COMPARE,
    LEDGER,
    ATTRIBUTE,
    TORNADO,
    GOALSEEK,
    SWEEP,
    CALIBRATE,
    BACKTEST,
    FORECAST,
    MONTECARLO,
    ENSEMBLE,
)
"""In the order of the help."""
