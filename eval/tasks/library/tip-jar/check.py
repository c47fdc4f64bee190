from checking import Checks, call_python
from tables import Raises, check_calls

KEEPS_LIST = """
names = ["Cy", "Ana", "Bo"]
shares = split_tips(10, names)
result = [shares, names]
"""
CASES = [
    ('two people share evenly', 'split_tips(1000, ["Ana", "Bo"])', {'Ana': 500, 'Bo': 500}),
    ('one person gets everything', 'split_tips(77, ["Ana"])', {'Ana': 77}),
    ('four people share evenly', 'split_tips(8, ["D", "C", "B", "A"])', {'D': 2, 'C': 2, 'B': 2, 'A': 2}),
    ('an empty jar gives everybody 0', 'split_tips(0, ["Ana", "Bo"])', {'Ana': 0, 'Bo': 0}),
    ('one cent left over', 'split_tips(1000, ["Cy", "Bo", "Ana"])', {'Cy': 334, 'Bo': 333, 'Ana': 333}),
    ('two cents left over', 'split_tips(1001, ["Ana", "Bo", "Cy"])', {'Ana': 334, 'Bo': 334, 'Cy': 333}),
    ('fewer cents than people', 'split_tips(2, ["Ana", "Bo", "Cy"])', {'Ana': 1, 'Bo': 1, 'Cy': 0}),
    ('nobody to share with', 'split_tips(100, [])', Raises('ValueError: nobody to share with')),
    ('negative tips', 'split_tips(-1, ["Ana"])', Raises('ValueError: tips cannot be negative')),
    ('the list stays as it is', KEEPS_LIST, [{'Cy': 4, 'Ana': 3, 'Bo': 3}, ['Cy', 'Ana', 'Bo']]),
]

with Checks(total=len(CASES)) as checks:
    check_calls(checks, call_python, 'tips.py', CASES)
