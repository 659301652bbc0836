"""The places of the claims that a search finds, gathered in cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bywhom.ledger.findcells import WIDE_KM, Kept


def gathered(rows: Sequence[tuple[Any, ...]], cell: float, most: int) -> tuple[list[Kept], int]:
    """Claims, the latest first, in cells of so many degrees, those with most claims first; and how many have a point.

    In columns, not in the database: that counts what differs within each of a thousand cells for ten times as much.
    """
    found = np.array(rows, dtype=np.float64).reshape(-1, 4)
    here = np.flatnonzero(~np.isnan(found[:, 1]))  # also how late each claim is
    if not len(here):
        return [], 0
    lat, lon, radius = found[here, 1], found[here, 2], np.nan_to_num(found[here, 3])
    wide = radius >= WIDE_KM
    points = lat * 1e5 + lon  # to tell points apart, and squares below; pairs would cost more
    squares = points if cell <= 0 else np.floor(lat / cell) * 1e7 + np.floor(lon / cell)
    order = np.lexsort((points, squares, wide) if cell > 0 else (points, wide))
    begins = np.flatnonzero(_changes(order, wide, squares))
    claims = np.diff(np.append(begins, len(order)))
    first = np.minimum.reduceat(here[order], begins)
    foremost = np.lexsort((first, -claims))[:most]
    columns = (
        np.add.reduceat(lat[order], begins) / claims,
        np.add.reduceat(lon[order], begins) / claims,
        claims,
        np.add.reduceat(_changes(order, wide, squares, points).astype(np.int64), begins),
        np.maximum.reduceat(radius[order], begins),
        wide[order][begins],
    )
    latest = [rows[number][0] for number in first[foremost].tolist()]
    cells: Iterator[tuple[Any, ...]] = zip(*(column[foremost].tolist() for column in columns), latest, strict=True)
    return [Kept(*one) for one in cells], len(here)


def _changes(order: npt.NDArray[np.int64], *columns: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Where, in this order, one of the columns is another than just before; and at the first."""
    differ = np.zeros(len(order), dtype=np.bool_)
    differ[0] = True
    for column in columns:
        sorted_so = column[order]
        differ[1:] |= sorted_so[1:] != sorted_so[:-1]
    return differ
