"""The process in which `calling.call_python` runs: loads one module by its file, evaluates, writes the answer."""

import importlib.util
import json
import os
import sys


def main():
    asked = json.loads(sys.stdin.read())
    write, leave = open, os._exit
    sys.argv = [asked['file']]
    sys.path[0] = os.path.dirname(asked['file'])
    try:
        answer = {'ok': True, 'value': evaluate(asked['file'], asked['code'])}
        written = json.dumps({**answer, 'mark': asked['mark']}, default=repr)
    except BaseException as error:
        written = json.dumps({'ok': False, 'error': f'{type(error).__name__}: {error}'[:2000], 'mark': asked['mark']})
    with write(asked['answer'], 'w', encoding='utf-8') as file:
        file.write(written)
    # Threads that the module started do not keep the answer waiting.
    leave(0)


def evaluate(file, code):
    name = os.path.splitext(os.path.basename(file))[0]
    spec = importlib.util.spec_from_file_location(name, file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    names = {**vars(module), 'module': module, '__name__': 'check'}
    try:
        compiled = compile(code.strip(), 'check', 'eval')
    except SyntaxError:
        names['result'] = None
        exec(compile(code, 'check', 'exec'), names)
        return names['result']
    return eval(compiled, names)


main()
