from checking import Checks, node


def prints(arguments, *lines):
    result = node('kiln.js', *arguments)
    return result.code == 0 and result.lines == list(lines)


def refuses(arguments, line, code=1):
    result = node('kiln.js', *arguments)
    return result.code == code and (result.out + result.err).strip() == line


with Checks(total=11) as checks:
    checks.check('hours and minutes', lambda: prints(['9000'], '2h 30m'))
    checks.check('hours, minutes and seconds', lambda: prints(['3725'], '1h 2m 5s'))
    checks.check('only seconds', lambda: prints(['59'], '59s'))
    checks.check('only hours', lambda: prints(['7200'], '2h'))
    checks.check('hours and seconds', lambda: prints(['3601'], '1h 1s'))
    checks.check('no days', lambda: prints(['100000'], '27h 46m 40s'))
    checks.check('nothing', lambda: prints(['0'], '0s'))
    checks.check('several with their sum', lambda: prints(['60', '3600'], '1m', '1h', 'total 1h 1m'))
    checks.check('the order stays, 0 among them', lambda: prints(['50', '0', '20'], '50s', '0s', '20s', 'total 1m 10s'))
    checks.check('what is no whole number', lambda: all(refuses(['60', bad], f'not whole seconds: {bad}') for bad in ('abc', '1.5', '-3', '12x')))
    checks.check('no arguments', lambda: refuses([], 'usage: node kiln.js SECONDS...', 2))
