"""Tickets of a car ferry.

python3 ferry.py price LENGTH [AGE...] [--return]
python3 ferry.py report FILE
"""

import sys

from bookings import BookingError, by_day, read_bookings
from fares import money, ticket


def price(arguments):
    both_ways = "--return" in arguments
    numbers = [argument for argument in arguments if argument != "--return"]
    try:
        length = float(numbers[0])
        ages = [int(number) for number in numbers[1:]]
    except (IndexError, ValueError):
        print("usage: ferry.py price LENGTH [AGE...] [--return]", file=sys.stderr)
        return 2
    print(money(ticket(length, ages, both_ways)))
    return 0


def report(path):
    try:
        with open(path, encoding="utf-8") as file:
            bookings = read_bookings(file)
    except OSError:
        print(f"cannot read {path}", file=sys.stderr)
        return 1
    except BookingError as error:
        print(error, file=sys.stderr)
        return 1
    total = 0
    for day, (count, cents) in by_day(bookings).items():
        print(f"{day}  {count} bookings  {money(cents)}")
        total += cents
    print(f"total {money(total)}")
    return 0


def main(arguments):
    if arguments[:1] == ["price"]:
        return price(arguments[1:])
    if arguments[:1] == ["report"] and len(arguments) == 2:
        return report(arguments[1])
    print(__doc__.strip(), file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
