import re
import sys


def renumber(text):
    number = 0
    lines = []
    for line in text.splitlines():
        if line.startswith('# '):
            number = 0
        step = re.match(r'[0-9]+\. ', line)
        if step:
            number += 1
            line = f'{number}. {line[step.end():]}'
        lines.append(line)
    return lines


def main(arguments):
    if len(arguments) != 1:
        print('usage: renumber.py FILE')
        return 2
    try:
        with open(arguments[0], encoding='utf-8') as file:
            text = file.read()
    except OSError:
        print(f'cannot read: {arguments[0]}')
        return 1
    for line in renumber(text):
        print(line)
    return 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
