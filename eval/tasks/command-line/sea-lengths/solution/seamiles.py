import sys

METRES = {'m': 1, 'km': 1000, 'nm': 1852, 'cable': 185.2, 'fathom': 1.8288}


def main(arguments):
    if len(arguments) != 3:
        print('usage: seamiles.py NUMBER FROM TO')
        return 2
    number, source, target = arguments
    try:
        value = float(number)
    except ValueError:
        print(f'not a number: {number}')
        return 1
    for unit in (source, target):
        if unit.lower() not in METRES:
            print(f'unknown unit: {unit}')
            return 1
    source, target = source.lower(), target.lower()
    print(f'{number} {source} = {value * METRES[source] / METRES[target]:.2f} {target}')
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
