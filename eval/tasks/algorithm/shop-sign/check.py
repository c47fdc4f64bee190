from checking import Checks
from compiling import compiled
from tables import check_answers

CASES = [
    ('one word', '8\nfresh\n', ['|fresh   |']),
    ('the last board begins at the left', '12\nripe plums\n', ['|ripe plums  |']),
    ('a board is spread to both edges', '12\nfresh figs today\n', ['|fresh   figs|', '|today       |']),
    ('words that fill a board', '10\nfresh figs and more\n', ['|fresh figs|', '|and more  |']),
    ('line breaks are spaces', '20\nfresh\nfigs  and\nripe plums\n', ['|fresh figs and  ripe|', '|plums               |']),
    ('gaps that are equally wide', '12\nab cd ef ghijklm\n', ['|ab   cd   ef|', '|ghijklm     |']),
    ('the wider gaps are on the right', '12\na b c d efghijkl\n', ['|a  b   c   d|', '|efghijkl    |']),
    ('a board with one word', '9\nthe greengrocer\n', ['|the      |', '|greengroc|', '|er       |']),
    ('the example', '14\nfresh figs and\nripe plums from the island\n\ntoday only\n',
     ['|fresh figs and|', '|ripe     plums|', '|from       the|', '|island        |', '|              |', '|today only    |']),
    ('a single word that is not the last', '6\nfigs peach a\n', ['|figs  |', '|peach |', '|a     |']),
    ('several empty lines between paragraphs', '5\n\none\n\n\ntwo\n\n', ['|one  |', '|     |', '|two  |']),
    ('a word that is cut, and another after it', '4\na bcdefgh i jk\n', ['|a   |', '|bcde|', '|fgh |', '|i jk|']),
    ('the rest of a cut word shares its board', '6\nabcdefgh ij klm\n', ['|abcdef|', '|gh  ij|', '|klm   |']),
    ('a board of one letter', '1\nab c\n', ['|a|', '|b|', '|c|']),
]

with Checks(total=len(CASES)) as checks, compiled('java', 'Main.java') as program:
    check_answers(checks, program.start, CASES)
