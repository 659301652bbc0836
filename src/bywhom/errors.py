"""What can be wrong with the installation or the call. Faults of a document are `Problem` records instead.

BywhomError
├── UsageError            the call itself: a path that does not exist, an unknown option
├── DataError             the data files of the installation
│   ├── LexiconBroken     a file of data/ does not fit its typed table
│   ├── GazetteerMissing  the gazetteer was not built, or is cut off
│   └── ModelMissing      weights named in models.toml are not installed
└── LedgerError           the ledger or its archive
    ├── LedgerLocked      another process writes to it
    ├── LedgerTooNew      written by a later version
    ├── NotALedger        the file is something else
    ├── NoSpace           the disk is full
    ├── Overtaken         somebody else decided in the meantime
    └── ArchiveDamaged    an archived object does not have its digest
"""

from __future__ import annotations

import errno


class BywhomError(Exception):
    """Anything a caller may want to catch; the message names the thing, the value seen, and what to do."""


class UsageError(BywhomError):
    """The call cannot be carried out as given."""


class DataError(BywhomError):
    """A data file of the installation is missing or broken."""


class LexiconBroken(DataError):
    """A file of data/ does not fit its typed table."""


class GazetteerMissing(DataError):
    """The gazetteer was not built, or is cut off."""


class ModelMissing(DataError):
    """The weights named in models.toml are not installed."""


class LedgerError(BywhomError):
    """The ledger or its archive cannot be used."""


class LedgerLocked(LedgerError):
    """Another process is writing to the ledger."""


class LedgerTooNew(LedgerError):
    """The ledger was written by a later version."""


class NotALedger(LedgerError):
    """The file is something else."""


class NoSpace(LedgerError):
    """The disk is full."""


class Overtaken(LedgerError):
    """Somebody else decided something about the same in the meantime."""


class ArchiveDamaged(LedgerError):
    """An archived object does not have its digest."""


def is_full(fault: OSError) -> bool:
    """Whether it is the disk that is full, or what one may use of it: whoever meets that raises NoSpace."""
    return fault.errno in (errno.ENOSPC, errno.EDQUOT)
