from checking import Checks, call_python
from tables import Raises, check_calls


def case(name, code, expected):
    """The code sees an empty `kiln` with two shelves of area 50, and `said(action)`, which gives the text of a KilnError."""
    start = (
        'from pieces import KilnError, Piece\n'
        'def said(action):\n'
        '    try:\n'
        '        return action()\n'
        '    except KilnError as error:\n'
        '        return str(error)\n'
        'kiln = Kiln(2, 50)\n'
        'jug = Piece("jug", "Mia", 40, "mid")\n'
        'bowl = Piece("bowl", "Ole", 20, "mid")\n'
        'cup = Piece("cup", "Mia", 10, "mid")\n'
    )
    return name, start + code, expected


PIECE_CASES = [
    ('a piece has its attributes and its label', '[(p.name, p.owner, p.area, p.heat, p.label()) for p in [Piece("jug", "Mia", 40, "high")]]', [['jug', 'Mia', 40, 'high', 'jug (Mia)']]),
    ('prices', '[Piece("a", "M", 60, "low").price(), Piece("a", "M", 60, "mid").price(), Piece("a", "M", 60, "high").price(), Piece("a", "M", 10, "high").price()]', [120, 180, 300, 100]),
    ('an unknown heat', 'Piece("jug", "Mia", 40, "hot")', Raises('ValueError: unknown heat: hot')),
    ('an area of nothing', 'Piece("jug", "Mia", 0, "low")', Raises('ValueError: area must be positive')),
    ('equal pieces', '[Piece("a", "M", 5, "low") == Piece("a", "M", 5, "low"), Piece("a", "M", 5, "low") == Piece("a", "M", 6, "low"), Piece("a", "M", 5, "low") == Piece("a", "M", 5, "mid")]', [True, False, False]),
]
KILN_CASES = [
    case('pieces go on the first shelf that has room', 'result = [kiln.load(jug), kiln.load(bowl), kiln.load(cup), kiln.room()]', [1, 2, 1, [0, 30]]),
    case('no room', 'kiln.load(jug); kiln.load(bowl); vase = Piece("vase", "Ole", 31, "mid"); result = [said(lambda: kiln.load(vase)), kiln.room()]', ['no room for vase (Ole)', [10, 30]]),
    case('one heat at a time', 'kiln.load(cup); tile = Piece("tile", "Ole", 60, "high"); result = [said(lambda: kiln.load(tile)), kiln.room()]', ['this firing is mid', [40, 50]]),
    case('an equal piece is refused', 'kiln.load(cup); again = Piece("cup", "Mia", 10, "mid"); result = [said(lambda: kiln.load(again)), kiln.room()]', ['cup (Mia) is already loaded', [40, 50]]),
    case('a piece is taken out', 'kiln.load(jug); kiln.load(bowl); kiln.unload(Piece("jug", "Mia", 40, "mid")); result = [kiln.room(), said(lambda: kiln.unload(jug)), kiln.load(cup)]', [[50, 30], 'jug (Mia) is not loaded', 1]),
    case('an empty kiln takes any heat', 'kiln.load(cup); kiln.unload(cup); result = kiln.load(Piece("tile", "Ole", 50, "high"))', 1),
    case('a bill', 'kiln.load(jug); kiln.load(bowl); kiln.load(cup); result = [kiln.bill("Mia"), kiln.bill("Ole"), kiln.bill("Eva")]', [220, 100, 0]),
    case('firing sorts owners and names', 'kiln.load(bowl); kiln.load(jug); kiln.load(cup); result = kiln.fire()', {'Mia': ['cup', 'jug'], 'Ole': ['bowl']}),
    case('firing empties the kiln', 'kiln.load(jug); kiln.fire(); result = [kiln.room(), kiln.bill("Mia"), kiln.load(Piece("tile", "Ole", 50, "low")), said(lambda: Kiln(1, 9).fire())]', [[50, 50], 0, 1, 'nothing to fire']),
]

with Checks(total=len(PIECE_CASES) + len(KILN_CASES)) as checks:
    check_calls(checks, call_python, 'pieces.py', PIECE_CASES)
    check_calls(checks, call_python, 'kiln.py', KILN_CASES)
