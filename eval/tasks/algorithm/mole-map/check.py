from checking import Checks
from compiling import compiled
from tables import check_answers

WIDE, SOFT = 60, 5


def way(minutes, moves):
    return [f'minutes: {minutes}', f'moves: {moves}']


# Two halls of loose earth side by side, with a wall of hard earth that is soft in one place.
HALLS = '\n'.join(
    ('M' if row == 0 else '.') + '.' * (WIDE - 1) + ('3' if row == SOFT else '9') * 2 + '.' * (WIDE - 1) + ('W' if row == 0 else '.')
    for row in range(WIDE)
)
CASES = [
    ('side by side', 'MW\n', way(1, 1)),
    ('along a row', 'M...W\n', way(4, 4)),
    ('down and across', 'M..\n...\n..W\n', way(4, 4)),
    ('around a stone', 'M#W\n...\n', way(4, 4)),
    ('around hard earth', 'M9W\n...\n', way(4, 4)),
    ('through hard earth', 'M3W\n###\n', way(4, 2)),
    ('of two quick ways the one with fewer moves', 'M3W\n...\n', way(4, 2)),
    ('a longer way that is quicker', 'M99W\n.##.\n....\n', way(7, 7)),
    ('several kinds of earth', 'M25.\n#2#9\nW.3.\n', way(6, 4)),
    ('no way', 'M.#W\n..#.\n', ['no way']),
    ('rows of different lengths', 'M\n..\n....\n##.#\n..W\n', way(6, 6)),
    ('what lies outside is stone', 'M##W\n.\n....\n', ['no way']),
    ('no worm, or two moles', 'M..M\n.W..\n', ['bad map']),
    ('any other character', 'M.W\n.x.\n', ['bad map']),
    ('a wide map', HALLS + '\n\n', way(2 * SOFT + 2 * WIDE - 1 + 2 * 3, 2 * SOFT + 2 * WIDE + 1)),
]

with Checks(total=len(CASES)) as checks, compiled('rust', 'mole.rs') as program:
    check_answers(checks, program.start, CASES)
