"""Pieces of pottery that wait for the kiln."""

from dataclasses import dataclass

CENTS_PER_AREA = {"low": 2, "mid": 3, "high": 5}
LOWEST_PRICE = 100


class KilnError(Exception):
    """The kiln cannot do what was asked."""


@dataclass(frozen=True)
class Piece:
    name: str
    owner: str
    area: int
    heat: str

    def __post_init__(self):
        if self.heat not in CENTS_PER_AREA:
            raise ValueError(f"unknown heat: {self.heat}")
        if not isinstance(self.area, int) or self.area < 1:
            raise ValueError("area must be positive")

    def label(self):
        return f"{self.name} ({self.owner})"

    def price(self):
        return max(LOWEST_PRICE, self.area * CENTS_PER_AREA[self.heat])
