class NoSeats(Exception):
    pass


class Seating:
    def __init__(self, rows, width):
        self.rows = rows
        self.width = width
        self.seats = [["."] * width for _ in range(rows)]
        self.bookings = {}

    def book(self, name, count, children=False):
        if name in self.bookings:
            raise ValueError("already booked")
        start = 0 if children else 1
        for r in range(start, self.rows):
            free = [i for i in range(self.width) if self.seats[r][i] == "."]
            if len(free) >= count:
                chosen = [(r + 1, i + 1) for i in free[:count]]
                for row, seat in chosen:
                    self.seats[row - 1][seat - 1] = "#"
                self.bookings[name] = chosen
                return chosen
        raise NoSeats("not enough seats")

    def cancel(self, name):
        if name not in self.bookings:
            raise KeyError(name)
        for row, seat in self.bookings[name]:
            self.seats[row - 1][seat - 1] = "."
        count = len(self.bookings[name])
        return count

    def free(self):
        return sum(row.count(".") for row in self.seats)

    def chart(self):
        return "\n".join("".join(row) for row in self.seats)
