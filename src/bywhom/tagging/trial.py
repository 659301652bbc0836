"""The trained reader, tried before anything is read: its file may be whole and yet not run on this machine."""

from __future__ import annotations

from bywhom.errors import ModelMissing
from bywhom.tagging.modelfile import ModelFile
from bywhom.tagging.sight import TrainedReader


class Trial:
    """The trained reader, loaded once for whoever reads in this process, or why it cannot be used here.

    Sent to another process it goes without what was loaded, and lets go of it here: whoever sends it leaves the reading
    to others.
    """

    def __init__(self, file: ModelFile | None = None) -> None:
        self._file = file
        self._reader: TrainedReader | None = None
        self.fault = ""  # in a line; empty where it can be used
        self.reader()

    def reader(self) -> TrainedReader | None:
        """The trained reader; None where the rules read alone."""
        if self._reader is None and not self.fault:
            try:
                self._reader = TrainedReader.load(self._file)
            except ModelMissing as error:
                self.fault = " ".join(str(error).split())
        return self._reader

    def __getstate__(self) -> dict[str, object]:
        self._reader = None
        return self.__dict__.copy()
