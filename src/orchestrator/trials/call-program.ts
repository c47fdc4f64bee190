import type { CallLanguage, ExampleLine } from '../../agents/examples/example.ts';

export interface CallProgramOptions {
  /** Files of the modules, relative to the folder of the program, the most promising first. */
  modules: readonly string[];
  lines: readonly ExampleLine[];
  /** What the lines of its report begin with, so that what the modules print is not taken for one. */
  mark: string;
}

export interface CallProgram {
  file: string;
  content: string;
  command: string;
}

/**
 * A program that carries out the lines of an example with the names of the modules, and reports in JSON, a line for each that has a result:
 * `{ "line": 0, "holds": true }`, or what was there instead as `got`; `{ "error": … }` where it went no further.
 */
export function callProgram(language: CallLanguage, { modules, lines, mark }: CallProgramOptions): CallProgram {
  const given = JSON.stringify(JSON.stringify({ modules, lines, mark }));
  if (language === 'python') {
    const file = '.multiagent_example.py';
    return { file, command: `python3 -B ${file}`, content: `import json\ngiven = json.loads(${given})\n${python}` };
  }
  const file = '.multiagent-example.mjs';
  return { file, command: `node --no-warnings ${file}`, content: `const given = JSON.parse(${given});\n${javascript}` };
}

const python = `
import importlib, math, os, sys

def report(**said):
    print("\\n" + given["mark"] + json.dumps(said), flush=True)

def same(value, wanted):
    if isinstance(value, bool) or isinstance(wanted, bool):
        return isinstance(value, bool) and isinstance(wanted, bool) and value == wanted
    if isinstance(value, (int, float)) and isinstance(wanted, (int, float)):
        return value == wanted or math.isclose(value, wanted, rel_tol=1e-9, abs_tol=1e-9)
    if type(value) in (list, tuple) and type(value) is type(wanted):
        return len(value) == len(wanted) and all(map(same, value, wanted))
    if isinstance(value, dict) and isinstance(wanted, dict):
        return value.keys() == wanted.keys() and all(same(value[key], wanted[key]) for key in wanted)
    return value == wanted

names = {}
try:
    for path in given["modules"]:
        sys.path.insert(0, os.path.join(os.getcwd(), os.path.dirname(path)))
        module = importlib.import_module(os.path.splitext(os.path.basename(path))[0])
        names.update({name: value for name, value in vars(module).items() if not name.startswith("__")})
    for number, line in enumerate(given["lines"]):
        if "result" not in line:
            exec(line["code"], names)
            continue
        value = eval(line["code"], names)
        holds = same(value, eval(line["result"], {}))
        report(line=number, holds=holds, **({} if holds else {"got": repr(value)[:300]}))
except BaseException as error:
    report(error=(type(error).__name__ + ": " + str(error))[:300])
`;

const javascript = `
import { inspect, isDeepStrictEqual } from 'node:util';
import { runInThisContext } from 'node:vm';

const report = (said) => console.log('\\n' + given.mark + JSON.stringify(said));
const same = (value, wanted) =>
  isDeepStrictEqual(value, wanted) ||
  (typeof value === 'number' && typeof wanted === 'number' && Math.abs(value - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted))) ||
  (typeof value === 'object' && typeof wanted === 'object' && JSON.stringify(value) === JSON.stringify(wanted));

try {
  for (const path of given.modules) {
    const { default: whole, ...parts } = await import('./' + path);
    if (whole !== null && (typeof whole === 'object' || typeof whole === 'function')) {
      if (typeof whole === 'function' && whole.name) globalThis[whole.name] = whole;
      Object.assign(globalThis, whole);
    }
    Object.assign(globalThis, parts);
  }
  for (const [number, { code, result }] of given.lines.entries()) {
    if (result === undefined) {
      await runInThisContext(code);
      continue;
    }
    const value = await runInThisContext('(' + code + ')');
    const holds = same(value, runInThisContext('(' + result + ')'));
    report({ line: number, holds, ...(holds ? {} : { got: inspect(value, { breakLength: Infinity }).slice(0, 300) }) });
  }
} catch (error) {
  report({ error: String(error).slice(0, 300) });
}
process.exit(0);
`;
