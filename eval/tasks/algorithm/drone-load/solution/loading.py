"""Chooses the parcels that a drone takes to the island."""

import sys


def read():
    lines = [line.split() for line in sys.stdin if line.strip()]
    limit, hooks = map(int, lines[0])
    parcels = sorted(
        (words[0], int(words[1]), int(words[2]), words[3:] == ["cold"])
        for words in lines[1:]
    )
    return limit, hooks, parcels


def best_choices(limit, hooks, parcels):
    """The best (value, codes) for each (number, cold parcels, weight).

    The parcels come in alphabetical order, so codes that are added one after another
    are in order too, and of two lists of one length the first one stays the first.
    """
    best = {(0, 0, 0): (0, ())}
    for code, weight, value, cold in parcels:
        for (number, cold_ones, carried), (total, codes) in list(best.items()):
            state = (number + 1, cold_ones + cold, carried + weight)
            if state[0] > hooks or state[1] > 1 or state[2] > limit:
                continue
            choice = (total + value, codes + (code,))
            known = best.get(state)
            if (
                known is None
                or choice[0] > known[0]
                or (choice[0] == known[0] and choice[1] < known[1])
            ):
                best[state] = choice
    return best


def main():
    best = best_choices(*read())
    number, weight, value, codes = min(
        ((number, weight, value, codes) for (number, _, weight), (value, codes) in best.items()),
        key=lambda choice: (-choice[2], choice[1], choice[0], choice[3]),
    )
    if number == 0:
        print("nothing can fly")
        return
    print("value", value)
    print("weight", weight)
    for code in codes:
        print(code)


main()
