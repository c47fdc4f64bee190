"""Picks stones for the beach game: each player gets the same number of pebbles."""

import argparse
import random
import sys


def main():
    parser = argparse.ArgumentParser(prog='pebble.py')
    parser.add_argument('players', nargs='+', help='names of the players')
    parser.add_argument('--stones', type=int, default=7, help='stones for each player')
    parser.add_argument('--colours', default='grey,white,black', help='colours to pick from')
    parser.add_argument('--seed', type=int, help='pick the same stones again')
    parser.add_argument('--short', action='store_true', help='print counts instead of each stone')
    options = parser.parse_args()

    if options.stones < 1:
        print('there must be at least one stone', file=sys.stderr)
        return 3
    colours = [colour for colour in options.colours.split(',') if colour]
    if not colours:
        print('there is no colour to pick from', file=sys.stderr)
        return 4

    picker = random.Random(options.seed)
    for player in options.players:
        stones = [picker.choice(colours) for _ in range(options.stones)]
        if options.short:
            print(f'{player}: ' + ', '.join(f'{stones.count(colour)} {colour}' for colour in colours))
        else:
            print(f'{player}: ' + ' '.join(stones))
    return 0


if __name__ == '__main__':
    sys.exit(main())
