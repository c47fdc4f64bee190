import sys


def main():
    lines = sys.stdin.read().strip().split("\n")
    max_weight, hooks = map(int, lines[0].split())
    parcels = []
    for line in lines[1:]:
        parts = line.split()
        if len(parts) < 3:
            continue
        parcels.append((parts[0], int(parts[1]), int(parts[2]), "cold" in parts))

    # most valuable per gram first
    parcels.sort(key=lambda p: (-p[2] / p[1], p[0]))
    chosen = []
    weight = 0
    value = 0
    cold = False
    for code, w, v, c in parcels:
        if len(chosen) >= hooks or weight + w > max_weight or (c and cold):
            continue
        chosen.append(code)
        weight += w
        value += v
        cold = cold or c

    if not chosen:
        print("nothing can fly")
        return
    print("value", value)
    print("weight", weight)
    for code in sorted(chosen):
        print(code)


main()
