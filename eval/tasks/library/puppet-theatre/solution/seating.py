"""Handing out the seats of a puppet theatre."""


class NoSeats(Exception):
    """There is no place where the party could sit together."""


class Seating:
    def __init__(self, rows, width):
        self._taken = [[False] * width for _ in range(rows)]
        self._bookings = {}

    def book(self, name, count, children=False):
        if name in self._bookings:
            raise ValueError("already booked")
        if count < 1:
            raise ValueError("count must be at least 1")
        first_row = 1 if children else 2
        for row in range(first_row, len(self._taken) + 1):
            start = self._gap(self._taken[row - 1], count)
            if start is not None:
                seats = [(row, start + step + 1) for step in range(count)]
                self._mark(seats, True)
                self._bookings[name] = seats
                return list(seats)
        raise NoSeats(f"no {count} seats together")

    def cancel(self, name):
        seats = self._bookings.pop(name)
        self._mark(seats, False)
        return len(seats)

    def free(self):
        return sum(row.count(False) for row in self._taken)

    def chart(self):
        return "\n".join(
            "".join("#" if taken else "." for taken in row) for row in self._taken
        )

    @staticmethod
    def _gap(row, count):
        for start in range(len(row) - count + 1):
            if not any(row[start : start + count]):
                return start
        return None

    def _mark(self, seats, taken):
        for row, seat in seats:
            self._taken[row - 1][seat - 1] = taken
