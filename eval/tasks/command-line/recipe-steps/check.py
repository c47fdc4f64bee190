from checking import Checks, python


def renumbered(given):
    with open('given.txt', 'w', encoding='utf-8') as file:
        file.write(given)
    result = python('renumber.py', 'given.txt')
    return result.out.rstrip('\n').split('\n') if result.code == 0 else None


def says(result, line, code):
    return result.code == code and (result.out + result.err).strip() == line


def file_stays():
    given = '5. One\n5. Two\n'
    lines = renumbered(given)
    with open('given.txt', encoding='utf-8') as file:
        return lines == ['1. One', '2. Two'] and file.read() == given


EXAMPLE = '# Stock\n2. Boil the bones\n7. Skim\nTake your time.\n# Soup\n3. Add the leeks\n'

with Checks(total=10) as checks:
    checks.check('steps are numbered from 1', lambda: renumbered('4. Chop\n9. Fry\n2. Serve\n') == ['1. Chop', '2. Fry', '3. Serve'])
    checks.check('the example', lambda: renumbered(EXAMPLE) == ['# Stock', '1. Boil the bones', '2. Skim', 'Take your time.', '# Soup', '1. Add the leeks'])
    checks.check('other lines stay', lambda: renumbered('For two\n3. Mix\nWait 5. minutes\n3. Bake\n') == ['For two', '1. Mix', 'Wait 5. minutes', '2. Bake'])
    checks.check('numbers of several digits', lambda: renumbered('112. Knead\n13. Rest\n') == ['1. Knead', '2. Rest'])
    checks.check('more than nine steps', lambda: renumbered('1. x\n' * 11)[8:] == ['9. x', '10. x', '11. x'])
    checks.check('an empty line stays', lambda: renumbered('8. Salt\n\n8. Pepper\n') == ['1. Salt', '', '2. Pepper'])
    checks.check('a number without dot and space is no step', lambda: renumbered('2 eggs\n2.5 l milk\n6. Whisk\n') == ['2 eggs', '2.5 l milk', '1. Whisk'])
    checks.check('the file is not changed', file_stays)
    checks.check('a file that is not there', lambda: says(python('renumber.py', 'lost.txt'), 'cannot read: lost.txt', 1))
    checks.check('no file name', lambda: says(python('renumber.py'), 'usage: renumber.py FILE', 2))
