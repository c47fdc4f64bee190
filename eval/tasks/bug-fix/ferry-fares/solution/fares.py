"""What a journey costs, in cents."""

import math

SMALL = 1800
LARGE = 2600
METRE = 550
ADULT = 450


def vehicle(length):
    """The fare of a vehicle by its length in metres; 0 is no vehicle."""
    if length <= 0:
        return 0
    if length <= 4.5:
        return SMALL
    if length <= 6:
        return LARGE
    return LARGE + METRE * math.ceil(round(length - 6, 6))


def passenger(age):
    """The fare of a person."""
    if age < 4:
        return 0
    if age < 12:
        return ADULT // 2
    return ADULT


def ticket(length, ages, both_ways):
    """The fare of a vehicle and of all who travel with it."""
    people = sum(passenger(age) for age in ages)
    one_way = vehicle(length) + people
    if both_ways:
        return (one_way * 2 * 9 + 5) // 10
    return one_way


def money(cents):
    """Cents as an amount, such as 18.00."""
    return f"{cents // 100}.{cents % 100:02d}"
