from checking import Checks, call_python
from tables import Raises, check_calls


def case(name, places, code, expected):
    """The code sees an empty hall as `hall` and sets `result`."""
    return name, f'hall = Seating{places}\n{code}', expected


REFUSED_CHANGES_NOTHING = """
hall.book("Lund", 3)
said = []
for name, count in [("Diaz", 3), ("Lund", 1), ("Okoye", 0)]:
    try:
        hall.book(name, count)
        said.append("booked")
    except NoSeats:
        said.append("no seats")
    except ValueError as error:
        said.append(str(error))
result = [said, hall.chart(), hall.book("Diaz", 2)]
"""
TWICE_BOOKED = """
hall.book("Lund", 1)
hall.cancel("Lund")
result = [hall.book("Lund", 2), "booked"]
try:
    hall.book("Lund", 1, children=True)
except ValueError as error:
    result[1] = str(error)
"""
TWICE_CANCELLED = """
hall.book("Lund", 2)
result = [hall.cancel("Lund"), "cancelled"]
try:
    hall.cancel("Lund")
except KeyError:
    result[1] = "KeyError"
result.append(hall.free())
"""
SPLIT_FREE = """
for name in ("A", "B", "C", "D"):
    hall.book(name, 1)
hall.cancel("A")
hall.cancel("C")
result = [hall.book("E", 2), hall.book("F", 1), hall.chart()]
"""
CASES = [
    case('an empty hall', (2, 4), 'result = [hall.free(), hall.chart()]', [8, '....\n....']),
    case('a party sits in the second row', (2, 4), 'result = hall.book("Lund", 3)', [[2, 1], [2, 2], [2, 3]]),
    case('children sit in the first row', (2, 4), 'result = hall.book("Diaz", 2, children=True)', [[1, 1], [1, 2]]),
    case('seats are tuples', (2, 4), 'result = [type(seat).__name__ for seat in hall.book("Lund", 2)]', ['tuple', 'tuple']),
    case('the chart', (2, 4), 'hall.book("Lund", 3); hall.book("Diaz", 2, children=True); result = [hall.chart(), hall.free()]', ['##..\n###.', 3]),
    case('the next row where there is no room', (3, 4), 'hall.book("Lund", 3); result = [hall.book("Diaz", 2), hall.book("Okoye", 1)]', [[[3, 1], [3, 2]], [[2, 4]]]),
    case('children further back where row 1 has no room', (2, 2), 'hall.book("A", 1, children=True); result = hall.book("B", 2, children=True)', [[2, 1], [2, 2]]),
    case('no seats', (2, 3), 'hall.book("Lund", 2); hall.book("Diaz", 2)', Raises('NoSeats')),
    case('more than a row holds', (3, 3), 'hall.book("Lund", 4, children=True)', Raises('NoSeats')),
    case('cancelling gives the seats back', (2, 4), 'hall.book("Lund", 3); hall.book("Diaz", 1); result = [hall.cancel("Lund"), hall.chart(), hall.book("Okoye", 2)]', [3, '....\n...#', [[2, 1], [2, 2]]]),
    case('seats that are not next to each other do not do', (3, 4), SPLIT_FREE, [[[3, 1], [3, 2]], [[2, 1]], '....\n##.#\n##..']),
    case('a name books again after it has cancelled, but not twice', (2, 4), TWICE_BOOKED, [[[2, 1], [2, 2]], 'already booked']),
    case('nobody cancels twice', (2, 4), TWICE_CANCELLED, [2, 'KeyError', 8]),
    case('what is refused changes nothing', (2, 5), REFUSED_CHANGES_NOTHING, [['no seats', 'already booked', 'count must be at least 1'], '.....\n###..', [[2, 4], [2, 5]]]),
]

with Checks(total=len(CASES)) as checks:
    check_calls(checks, call_python, 'seating.py', CASES)
