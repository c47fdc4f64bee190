FREE_MINUTES, CENTS_PER_HOUR, HIGHEST_FEE = 30, 150, 1200


def parking_fee(minutes, member=False):
    if 0 <= minutes <= FREE_MINUTES:
        return 0
    if minutes < 0:
        raise ValueError("minutes cannot be negative")
    begun = -(-minutes // 60)
    fee = HIGHEST_FEE if begun > 8 else CENTS_PER_HOUR * begun
    return fee if not member else fee // 2
