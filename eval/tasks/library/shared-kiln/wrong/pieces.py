class KilnError(Exception):
    pass


class Piece:
    RATES = {"low": 2, "mid": 3, "high": 5}

    def __init__(self, name, owner, area, heat):
        if heat not in self.RATES:
            raise ValueError("unknown heat: " + heat)
        if area < 1:
            raise ValueError("area must be positive")
        self.name = name
        self.owner = owner
        self.area = area
        self.heat = heat

    def label(self):
        return f"{self.name} ({self.owner})"

    def price(self):
        return self.area * self.RATES[self.heat]
