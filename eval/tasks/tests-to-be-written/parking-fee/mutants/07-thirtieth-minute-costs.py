"""The fee of a car park."""

FREE_MINUTES = 30
CENTS_PER_HOUR = 150
HIGHEST_FEE = 1200


def parking_fee(minutes, member=False):
    """The fee in cents for a stay of that many minutes.

    Up to 30 minutes are free. A longer stay costs 150 cents for each hour that has
    begun, but never more than 1200 cents. Members pay half of that.
    A negative number of minutes raises a ValueError.
    """
    if minutes < 0:
        raise ValueError("minutes cannot be negative")
    if minutes < FREE_MINUTES:
        return 0
    hours = (minutes + 59) // 60
    fee = min(hours * CENTS_PER_HOUR, HIGHEST_FEE)
    return fee // 2 if member else fee
