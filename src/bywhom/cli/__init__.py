"""The command line: one file per group of commands, each command a thin call on pipeline, ledger and export."""

from bywhom.cli.main import main

__all__ = ["main"]
