import argparse
import sys

from reading import read_rows
from summary import total_by


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('file')
    parser.add_argument('--by', choices=['fruit', 'date', 'month'], default='fruit')
    parser.add_argument('--min', type=float, default=0)
    options = parser.parse_args()
    try:
        rows = read_rows(options.file)
    except OSError:
        print(f'cannot read: {options.file}', file=sys.stderr)
        return 1
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    kept = [(name, kilos) for name, kilos in total_by(rows, options.by).items() if kilos >= options.min]
    for name, kilos in sorted(kept, key=lambda entry: (-entry[1], entry[0])):
        print(f'{name}: {kilos:.1f}')
    print(f'total: {sum(kilos for _, kilos in kept):.1f}')
    return 0


if __name__ == '__main__':
    sys.exit(main())
