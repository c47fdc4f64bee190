import csv


def read_rows(path):
    rows = []
    with open(path, newline='') as f:
        reader = csv.DictReader(f)
        for i, row in enumerate(reader, start=2):
            try:
                rows.append({
                    'date': row['date'],
                    'fruit': row['fruit'].lower(),
                    'kilos': float(row['kilos']),
                })
            except (ValueError, TypeError):
                raise ValueError(f'line {i}: bad row')
    return rows
