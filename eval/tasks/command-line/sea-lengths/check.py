from checking import Checks, python


def says(result, line, code=0):
    printed = (result.out if code == 0 else result.out + result.err).strip()
    return result.code == code and printed == line


def converts(number, source, target, result):
    """The rule that the number stays as typed has a check of its own, so `3.0 nm` is good enough here."""
    answer = sea(number, source, target)
    first, _, rest = answer.out.strip().partition(' ')
    return answer.code == 0 and rest == f'{source} = {result} {target}' and float(first) == float(number)


def sea(*arguments):
    return python('seamiles.py', *arguments)


with Checks(total=11) as checks:
    checks.check('nautical miles to kilometres', lambda: converts('3', 'nm', 'km', '5.56'))
    checks.check('fathoms to metres', lambda: converts('10', 'fathom', 'm', '18.29'))
    checks.check('kilometres to nautical miles', lambda: converts('12', 'km', 'nm', '6.48'))
    checks.check('cables to fathoms', lambda: converts('4', 'cable', 'fathom', '405.07'))
    checks.check('two decimals for a round result', lambda: converts('2', 'km', 'm', '2000.00'))
    checks.check('a unit to itself', lambda: converts('7', 'm', 'm', '7.00'))
    checks.check('a number with decimals is repeated as typed', lambda: says(sea('0.50', 'nm', 'm'), '0.50 nm = 926.00 m'))
    checks.check('capitals', lambda: says(sea('1', 'NM', 'Cable'), '1 nm = 10.00 cable'))
    checks.check('an unknown unit', lambda: says(sea('1', 'm', 'league'), 'unknown unit: league', 1))
    checks.check('not a number', lambda: says(sea('many', 'm', 'km'), 'not a number: many', 1))
    checks.check('too few arguments', lambda: says(sea('1', 'm'), 'usage: seamiles.py NUMBER FROM TO', 2))
