from collections import defaultdict


def total_by(rows, key):
    totals = defaultdict(float)
    for row in rows:
        if key == 'month':
            totals[row['date'][:7]] += row['kilos']
        else:
            totals[row[key]] += row['kilos']
    return dict(totals)
