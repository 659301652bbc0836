"""What readings and links are signed with: digests of all code and tables that decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path

from bywhom import __version__
from bywhom.grounding.gazetteer import IMPORT_AGAIN, Gazetteer
from bywhom.lexicons import data_path, file_bytes

TOOL = f"bywhom {__version__}"


def reader_version(actors: Sequence[Path] = (), gazetteers: Sequence[Path] = (), *, alone: bool = False) -> str:
    """What readings are signed with, those of the rules `alone` too: another version reads anew.

    Raises: LexiconBroken where a file of `actors` cannot be read, GazetteerMissing where one of `gazetteers` cannot.
    """
    return f"{__version__}+{reader_digest(actors, gazetteers)}{'.rules' if alone else ''}"


def linker_version() -> str:
    """What links and digits are signed with: a ledger that another version linked is linked anew."""
    return f"{__version__}+{linker_digest()}"


def reader_digest(actors: Sequence[Path] = (), gazetteers: Sequence[Path] = ()) -> str:
    """The digest of all code and tables that decide how a report is read: who changes one of them reads anew.

    Raises: LexiconBroken where a file of `actors` cannot be read, GazetteerMissing where one of `gazetteers` cannot.
    """
    apart = (*_DOORS, _ASKING)
    files = (path for path in _code() if not _links(path) and path.relative_to(_PACKAGE).parts[0] not in apart)
    return _digest(chain((path.read_bytes() for path in files), map(file_bytes, actors), map(_facts, gazetteers)))


def _facts(gazetteer: Path) -> bytes:
    """What a gazetteer says of itself, the digest of its dump among it."""
    return repr(sorted(Gazetteer(gazetteer, remedy=IMPORT_AGAIN).info().items())).encode()


def asking_digest(sizes: Sequence[int]) -> str:
    """The same for what a language model is asked and what is made of its answer, the prompt itself left out."""
    code = (path.read_bytes() for path in _code() if path.relative_to(_PACKAGE).parts[0] == _ASKING)
    return _digest(chain(code, [repr(tuple(sizes)).encode()]))


def linker_digest() -> str:
    """The same for linking and grading: a ledger that another version linked is linked anew."""
    named = (data_path("lexicons", f"{name}.yaml") for name in ("governments", "outlets"))
    return _digest(path.read_bytes() for path in (*filter(_links, _code()), _PACKAGE / "facts.py", *named))


def _code() -> list[Path]:
    found = (path for ending in ("py", "toml", "yaml", "tsv") for path in _PACKAGE.rglob(f"*.{ending}"))
    return sorted(path for path in found if path.parent.name != _PROMPTS)


def _links(path: Path) -> bool:
    """Whether a file decides on links and grades, and on nothing that is read."""
    return path.relative_to(_PACKAGE).parts[0] in _LINKING or path.name in ("linking.yaml", "grading.yaml")


def _digest(files: Iterable[bytes]) -> str:
    digest = sha256()
    for content in files:
        digest.update(content)
    return digest.hexdigest()[:12]


_PACKAGE = data_path().parent
_DOORS = ("cli", "export", "workbench", "reviewing.py")
_ASKING = "asking"
_PROMPTS = "prompts"  # they have a digest of their own, and the rules do not ask
_LINKING = ("linking", "grading", "regrading.py")
