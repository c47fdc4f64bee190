def read_lamps(text):
    lamps = {}
    settings = None
    for number, line in enumerate(text.splitlines(), start=1):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        if line.startswith('[') and line.endswith(']'):
            settings = lamps.setdefault(line[1:-1].strip(), {})
            continue
        name, equals, value = line.partition('=')
        if not equals:
            raise ValueError(f'line {number}: not a setting')
        if settings is None:
            raise ValueError(f'line {number}: no lamp')
        settings[name.strip()] = _value(value.strip())
    return lamps


def _value(text):
    if text.isdecimal():
        return int(text)
    return {'yes': True, 'no': False}.get(text, text)
