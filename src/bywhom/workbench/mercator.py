"""How a globe is drawn on a sheet: Mercator, in degrees of longitude."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

FARTHEST = 84.0  # degrees of latitude: the projection has no poles


def mercator(lat: float) -> float:
    """How far north a latitude is drawn, in degrees of longitude."""
    held = math.radians(max(-FARTHEST, min(FARTHEST, lat)))
    return math.degrees(math.log(math.tan(math.pi / 4 + held / 2)))


def mercators(lats: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The same for many latitudes at once."""
    held = np.radians(np.clip(lats, -FARTHEST, FARTHEST))
    return np.degrees(np.log(np.tan(np.pi / 4 + held / 2)))


def latitude(y: float) -> float:
    """The latitude that is drawn so far north."""
    return math.degrees(2 * math.atan(math.exp(math.radians(y))) - math.pi / 2)
