import sys

UNITS = {
    "m": 1,
    "km": 1000,
    "nm": 1852,
    "cable": 185.2,
    "fathom": 1.8288,
}


def convert(number, from_unit, to_unit):
    if from_unit not in UNITS:
        print(f"unknown unit: {from_unit}")
        sys.exit(1)
    if to_unit not in UNITS:
        print(f"unknown unit: {to_unit}")
        sys.exit(1)
    return number * UNITS[from_unit] / UNITS[to_unit]


def main():
    if len(sys.argv) != 4:
        print("usage: seamiles.py NUMBER FROM TO")
        sys.exit(1)
    try:
        number = float(sys.argv[1])
    except ValueError:
        print(f"not a number: {sys.argv[1]}")
        sys.exit(1)
    result = convert(number, sys.argv[2], sys.argv[3])
    print(f"{number} {sys.argv[2]} = {result:.2f} {sys.argv[3]}")


if __name__ == "__main__":
    main()
