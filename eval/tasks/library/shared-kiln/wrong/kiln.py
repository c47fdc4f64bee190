from pieces import Piece, KilnError


class Kiln:
    def __init__(self, shelf_count, shelf_area):
        self.left = [shelf_area] * shelf_count
        self.loaded = {}
        self.heat = None

    def load(self, piece):
        if piece in self.loaded:
            raise KilnError(f"{piece.label()} is already loaded")
        if self.heat is not None and self.heat != piece.heat:
            raise KilnError(f"this firing is {self.heat}")
        for i in range(len(self.left)):
            if self.left[i] >= piece.area:
                self.left[i] -= piece.area
                self.loaded[piece] = i
                self.heat = piece.heat
                return i + 1
        raise KilnError(f"no room for {piece.label()}")

    def unload(self, piece):
        if piece not in self.loaded:
            raise KilnError(f"{piece.label()} is not loaded")
        i = self.loaded.pop(piece)
        self.left[i] += piece.area

    def room(self):
        return self.left

    def bill(self, owner):
        return sum(p.price() for p in self.loaded if p.owner == owner)

    def fire(self):
        result = {}
        for p in self.loaded:
            result.setdefault(p.owner, []).append(p.name)
        self.loaded = {}
        return result
