"""The weight of a beehive: one reading a day, in kilograms."""


def heaviest(readings):
    """The largest reading, or None when there is none."""
    if not readings:
        return None
    return max(readings)


def daily_gains(readings):
    """The change from each day to the next."""
    gains = []
    for index in range(len(readings)):
        gains.append(readings[index] - readings[index - 1])
    return gains


def mean_gain(readings):
    """The average of the daily gains, 0.0 when there are none."""
    gains = daily_gains(readings)
    if not gains:
        return 0.0
    return sum(gains) / len(gains)
