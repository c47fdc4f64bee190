"""How long the firing of a kiln takes: python3 kiln.py PLAN"""

import sys

START = 20


class PlanError(Exception):
    """A line of the plan that cannot be read."""


def read_plan(lines):
    """The segments of a plan as (rate, target, hold)."""
    segments = []
    for number, line in enumerate(lines, start=1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        fields = line.split()
        if len(fields) != 3 or not all(field.isdigit() for field in fields):
            raise PlanError(f"line {number}: expected three numbers")
        rate, target, hold = (int(field) for field in fields)
        if rate == 0:
            raise PlanError(f"line {number}: the rate must not be 0")
        segments.append((rate, target, hold))
    return segments


def minutes_needed(start, target, rate):
    """Minutes to get from one temperature to another."""
    return round((target - start) * 60 / rate)


def clock(minutes):
    """Minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest}"


def report(segments):
    """The lines to print."""
    lines = []
    total = 0
    temperature = START
    for number, (rate, target, hold) in enumerate(segments, start=1):
        minutes = minutes_needed(temperature, target, rate)
        lines.append(f"{number}: {temperature} -> {target} in {clock(minutes)}, hold {clock(hold)}")
        total += minutes
        temperature = target
    lines.append(f"total {clock(total)}")
    return lines


def main(arguments):
    if len(arguments) != 1:
        print("usage: python3 kiln.py PLAN", file=sys.stderr)
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            segments = read_plan(file)
    except OSError:
        print(f"cannot read {arguments[0]}", file=sys.stderr)
        return 1
    except PlanError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(report(segments)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
