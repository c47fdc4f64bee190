"""Sharing out the tip jar."""


def split_tips(cents, names):
    """Return each person's share in cents; leftover cents go to the first names."""
    if not names:
        raise ValueError("nobody to share with")
    if cents < 0:
        raise ValueError("tips cannot be negative")
    share, left_over = divmod(cents, len(names))
    return {
        name: share + (1 if place < left_over else 0)
        for place, name in enumerate(names)
    }
