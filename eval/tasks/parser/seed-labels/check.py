import json

from checking import Checks, call_node


def reads(text, expected):
    ok, value, _ = call_node('labels.js', f'readLabel({json.dumps(text)})')
    return ok and json.dumps(value) == json.dumps(expected)


def writes(label, expected):
    ok, value, _ = call_node('labels.js', f'writeLabel({json.dumps(label)})')
    return ok and value == expected


def throws(text, message):
    return call_node('labels.js', f'readLabel({json.dumps(text)})')[2] == f'Error: {message}'


with Checks(total=11) as checks:
    checks.check('one part', lambda: reads('kind=leek', {'kind': 'leek'}))
    checks.check('the example', lambda: reads('kind=runner bean; year=2024; organic', {'kind': 'runner bean', 'year': 2024, 'organic': True}))
    checks.check('digits become a number', lambda: reads('count=30;size=4mm', {'count': 30, 'size': '4mm'}))
    checks.check('a part without a value', lambda: reads('hardy;kind=kale', {'hardy': True, 'kind': 'kale'}))
    checks.check('writing', lambda: writes({'kind': 'chard', 'count': 12}, 'kind=chard; count=12'))
    checks.check('writing true', lambda: writes({'hardy': True, 'kind': 'kale'}, 'hardy; kind=kale'))
    checks.check('spaces are dropped', lambda: reads('  kind =  sugar pea ;year= 2020  ', {'kind': 'sugar pea', 'year': 2020}))
    checks.check('only the first = separates', lambda: reads('note=1+1=2', {'note': '1+1=2'}))
    checks.check('capitals and doubles', lambda: reads('Kind=leek; KIND=Onion', {'kind': 'Onion'}))
    checks.check('empty parts, empty values', lambda: reads(' ; ;kind=; ', {'kind': ''}) and reads('', {}))
    checks.check('no name', lambda: throws('kind=leek; =7', 'no name: =7'))
