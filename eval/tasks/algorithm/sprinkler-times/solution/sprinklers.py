"""Tells when at least one sprinkler was on."""

import sys


def joined(times):
    stretches = []
    for start, end in sorted(times):
        if stretches and start <= stretches[-1][1]:
            stretches[-1][1] = max(stretches[-1][1], end)
        else:
            stretches.append([start, end])
    return stretches


def main():
    times = [tuple(map(int, line.split())) for line in sys.stdin if line.strip()]
    stretches = joined(times)
    for start, end in stretches:
        print(start, end)
    print("total", sum(end - start for start, end in stretches))


main()
