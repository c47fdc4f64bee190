"""Observations of the moon.

python3 moonlog.py add DATE PHASE [NOTE...]
python3 moonlog.py list [--phase PHASE] [--since DATE]
python3 moonlog.py count
"""

import collections
import datetime
import sys

import store

PHASES = ["new", "waxing", "full", "waning"]
USAGE_OF_LIST = "usage: moonlog.py list [--phase PHASE] [--since DATE]"


def is_date(text):
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def refuse(message):
    print(message, file=sys.stderr)
    return 2


def add(arguments):
    if len(arguments) < 2:
        return refuse("usage: moonlog.py add DATE PHASE [NOTE...]")
    date, phase, *note = arguments
    if not is_date(date):
        return refuse(f"not a date: {date}")
    if phase not in PHASES:
        return refuse(f"unknown phase: {phase}")
    store.append(date, phase, " ".join(note))
    return 0


def print_all(observations):
    if not observations:
        print("no observations")
    for date, phase, note in observations:
        print(f"{date} {phase} {note}".rstrip())
    return 0


def show_list(arguments):
    observations = store.load()
    if len(arguments) % 2:
        return refuse(USAGE_OF_LIST)
    for option, value in zip(arguments[::2], arguments[1::2]):
        if option == "--phase":
            if value not in PHASES:
                return refuse(f"unknown phase: {value}")
            observations = [one for one in observations if one[1] == value]
        elif option == "--since":
            if not is_date(value):
                return refuse(f"not a date: {value}")
            observations = [one for one in observations if one[0] >= value]
        else:
            return refuse(USAGE_OF_LIST)
    return print_all(observations)


def count():
    counts = collections.Counter(phase for _, phase, _ in store.load())
    if not counts:
        print("no observations")
    for phase, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{phase}: {number}")
    return 0


def main(arguments):
    if arguments[:1] == ["add"]:
        return add(arguments[1:])
    if arguments[:1] == ["list"]:
        return show_list(arguments[1:])
    if arguments == ["count"]:
        return count()
    return refuse(__doc__.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
