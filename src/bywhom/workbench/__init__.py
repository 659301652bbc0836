"""The workbench: a ledger in the browser, on this machine. `bywhom serve` opens it."""

from bywhom.workbench.app import create_app
from bywhom.workbench.settings import Settings

__all__ = ["Settings", "create_app"]
