"""The command line: the balance without a window, for terminals and for machines."""

from aluplanner.cli.main import main

__all__ = ["main"]
