import json
import os
import sys

FILE = 'hives.json'
USAGE = 'usage: hives.py add|list|move|remove ...'


class Refused(Exception):
    pass


def load():
    if not os.path.exists(FILE):
        return {}
    try:
        with open(FILE, encoding='utf-8') as file:
            return json.load(file)
    except ValueError:
        raise Refused('hives.json is damaged') from None


def save(hives):
    with open(FILE, 'w', encoding='utf-8') as file:
        json.dump(hives, file, indent=2)


def frames_of(text):
    try:
        frames = int(text)
    except ValueError:
        frames = 0
    if frames < 1:
        raise Refused(f'not a number of frames: {text}')
    return frames


def demand(hives, name):
    if name not in hives:
        raise Refused(f'no such hive: {name}')


def counted(frames):
    return '1 frame' if frames == 1 else f'{frames} frames'


def act(arguments):
    match arguments:
        case ['add', name, count]:
            frames = frames_of(count)
            hives = load()
            if name in hives:
                raise Refused(f'already there: {name}')
            save({**hives, name: frames})
            print(f'added {name}')
        case ['list']:
            hives = load()
            for name in sorted(hives):
                print(f'{name}: {counted(hives[name])}')
            if not hives:
                print('no hives')
        case ['move', source, target, count]:
            frames = frames_of(count)
            hives = load()
            demand(hives, source)
            demand(hives, target)
            if hives[source] < frames:
                raise Refused(f'not enough frames in {source}')
            hives[source] -= frames
            hives[target] += frames
            save(hives)
            print(f'moved {counted(frames)}')
        case ['remove', name]:
            hives = load()
            demand(hives, name)
            del hives[name]
            save(hives)
            print(f'removed {name}')
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def main():
    try:
        return act(sys.argv[1:])
    except Refused as refusal:
        print(refusal, file=sys.stderr)
        return 1


if __name__ == '__main__':
    sys.exit(main())
