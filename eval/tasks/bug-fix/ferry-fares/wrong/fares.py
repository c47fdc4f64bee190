"""What a journey costs, in cents."""

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
    return LARGE + METRE * (int(length - 6) + 1)


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
    if both_ways:
        return (vehicle(length) * 2 * 9 + 5) // 10 + people * 2
    return vehicle(length) + people


def money(cents):
    """Cents as an amount, such as 18.00."""
    return f"{cents // 100}.{cents % 100:02d}"
