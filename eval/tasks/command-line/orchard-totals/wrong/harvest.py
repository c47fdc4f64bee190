import argparse
import sys
from reading import read_rows
from summary import total_by


def main():
    parser = argparse.ArgumentParser(description='Sum up a harvest')
    parser.add_argument('path')
    parser.add_argument('--by', default='fruit', choices=['fruit', 'date', 'month'])
    parser.add_argument('--min', type=float, default=0)
    args = parser.parse_args()
    try:
        rows = read_rows(args.path)
    except FileNotFoundError:
        print(f'cannot read: {args.path}')
        sys.exit(1)
    totals = total_by(rows, args.by)
    for name, kilos in sorted(totals.items(), key=lambda x: x[1], reverse=True):
        if kilos >= args.min:
            print(f'{name}: {kilos:.1f}')
    print(f'total: {sum(totals.values()):.1f}')


if __name__ == '__main__':
    main()
