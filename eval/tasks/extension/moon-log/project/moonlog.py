"""Observations of the moon.

python3 moonlog.py add DATE PHASE [NOTE...]
python3 moonlog.py list
"""

import datetime
import sys

import store

PHASES = ["new", "waxing", "full", "waning"]


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


def show_list():
    observations = store.load()
    if not observations:
        print("no observations")
    for date, phase, note in observations:
        print(f"{date} {phase} {note}".rstrip())
    return 0


def main(arguments):
    if arguments[:1] == ["add"]:
        return add(arguments[1:])
    if arguments == ["list"]:
        return show_list()
    return refuse(__doc__.strip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
