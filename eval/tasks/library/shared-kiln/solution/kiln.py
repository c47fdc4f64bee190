"""A kiln with shelves, fired at one heat at a time."""

from pieces import KilnError


class Kiln:
    def __init__(self, shelf_count, shelf_area):
        self._shelf_area = shelf_area
        self._shelves = [[] for _ in range(shelf_count)]

    def load(self, piece):
        inside = self._inside()
        if piece in inside:
            raise KilnError(f"{piece.label()} is already loaded")
        if inside and inside[0].heat != piece.heat:
            raise KilnError(f"this firing is {inside[0].heat}")
        for number, left in enumerate(self.room(), start=1):
            if piece.area <= left:
                self._shelves[number - 1].append(piece)
                return number
        raise KilnError(f"no room for {piece.label()}")

    def unload(self, piece):
        for shelf in self._shelves:
            if piece in shelf:
                shelf.remove(piece)
                return
        raise KilnError(f"{piece.label()} is not loaded")

    def room(self):
        return [
            self._shelf_area - sum(piece.area for piece in shelf)
            for shelf in self._shelves
        ]

    def bill(self, owner):
        return sum(piece.price() for piece in self._inside() if piece.owner == owner)

    def fire(self):
        inside = self._inside()
        if not inside:
            raise KilnError("nothing to fire")
        fired = {}
        for piece in sorted(inside, key=lambda piece: (piece.owner, piece.name)):
            fired.setdefault(piece.owner, []).append(piece.name)
        for shelf in self._shelves:
            shelf.clear()
        return fired

    def _inside(self):
        return [piece for shelf in self._shelves for piece in shelf]
