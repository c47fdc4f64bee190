import math
import re


def read_rows(path):
    rows = []
    with open(path, encoding='utf-8') as file:
        for number, line in enumerate(file, start=1):
            if number == 1 or not line.strip():
                continue
            values = [value.strip() for value in line.split(',')]
            if len(values) != 3 or not re.fullmatch(r'[0-9]{4}-[0-9]{2}-[0-9]{2}', values[0]):
                raise ValueError(f'line {number}: bad row')
            try:
                kilos = float(values[2])
            except ValueError:
                kilos = 0
            if not (kilos > 0 and math.isfinite(kilos)):
                raise ValueError(f'line {number}: bad row')
            rows.append({'date': values[0], 'fruit': values[1].lower(), 'kilos': kilos})
    return rows
