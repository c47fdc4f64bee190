"""Bookings: one a line, as DATE;STATE;LENGTH;AGES, the ages with commas."""

from fares import ticket


class BookingError(Exception):
    """A line that is no booking."""


def read_bookings(lines):
    """The bookings as (day, state, cents)."""
    bookings = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            day, state, length, ages = line.strip().split(";")
            years = [int(age) for age in ages.split(",") if age]
            bookings.append((day, state, ticket(float(length), years, False)))
        except ValueError:
            raise BookingError(f"line {number} is no booking") from None
    return bookings


def by_day(bookings):
    """For each day how many bookings there are and what they bring."""
    days = {}
    for day, state, cents in bookings:
        if state == "cancelled":
            continue
        count, sum_so_far = days.get(day, (0, 0))
        days[day] = (count + 1, sum_so_far + cents)
    return days
