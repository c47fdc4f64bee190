def read_lamps(text):
    lamps = {}
    current_lamp = None

    for i, line in enumerate(text.split('\n')):
        line = line.strip()
        if not line or line.startswith('#'):
            continue
        if line.startswith('[') and line.endswith(']'):
            current_lamp = line[1:-1]
            lamps[current_lamp] = {}
        elif '=' in line:
            if current_lamp is None:
                raise ValueError(f"line {i}: no lamp")
            key, value = line.split('=')
            key = key.strip()
            value = value.strip()
            if value.isdigit():
                value = int(value)
            elif value == 'yes':
                value = True
            elif value == 'no':
                value = False
            lamps[current_lamp][key] = value
        else:
            raise ValueError(f"line {i}: not a setting")

    return lamps
