def total_by(rows, key):
    totals = {}
    for row in rows:
        name = row['date'][:7] if key == 'month' else row[key]
        totals[name] = totals.get(name, 0) + row['kilos']
    return totals
