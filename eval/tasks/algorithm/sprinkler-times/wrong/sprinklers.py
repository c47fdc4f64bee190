import sys

times = []
for line in sys.stdin:
    if line.strip():
        a, b = line.split()
        times.append((int(a), int(b)))

times.sort()
merged = [times[0]]
for start, end in times[1:]:
    if start < merged[-1][1]:
        merged[-1] = (merged[-1][0], end)
    else:
        merged.append((start, end))

total = 0
for start, end in merged:
    print(start, end)
    total += end - start
print("total", total)
