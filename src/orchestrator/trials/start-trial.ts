import { dirname } from 'node:path/posix';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { quotedForShell } from '../../utils/quoted-for-shell.ts';

/** What a file is there for: to be used by others, who only load it, or to be started. */
export type FileUse = 'module' | 'program';

/** A command that shows whether a file can work at all, whatever it is given. */
export interface StartTrial {
  /** For the shell, in a folder with all files. */
  command: string;
  /** What is certainly wrong, a part of a sentence; undefined where nothing is. */
  faultIn: (result: CommandResult) => string | undefined;
}

/** Undefined for a file of a language that is not tried like this. @param paths All files that lie there. */
export function startTrial(path: string, { use, paths }: { use: FileUse; paths: readonly string[] }): StartTrial | undefined {
  if (!/^[\w@.+/-]+$/.test(path)) return undefined;
  const beside = (ending: RegExp) => paths.filter((other) => ending.test(other) && dirname(other) === dirname(path)).map(quotedForShell);
  if (/\.pyw?$/.test(path))
    return interpreted(path, use, use === 'program' ? `python3 -B ${path}` : `python3 -B -c ${quotedForShell(loadPython(path))}`);
  const isForBrowsers = paths.some((other) => /\.html?$/.test(other));
  if (/\.[cm]?[jt]s$/.test(path) && !path.endsWith('.d.ts') && !isForBrowsers) {
    const load = `await import(${JSON.stringify(`./${path}`)})`;
    return interpreted(
      path,
      use,
      use === 'program' ? `node --no-warnings ${path}` : `node --no-warnings --input-type=module -e ${quotedForShell(load)}`,
    );
  }
  if (path.endsWith('.go')) return compiled(`go build -o /dev/null ${beside(/(?<!_test)\.go$/).join(' ')}`);
  if (path.endsWith('.rs') && !paths.includes('Cargo.toml'))
    return compiled(`rustc --edition 2021 --crate-type lib --emit=metadata -o ./.multiagent-program ${path}`);
  if (path.endsWith('.java')) return compiled(`javac -d .multiagent-classes ${beside(/\.java$/).join(' ')}`);
  return undefined;
}

/** The name that a program is not started by, so that only what stands outside of its main part runs. */
function loadPython(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.pyw?$/, '');
  const folder = dirname(path);
  return `import sys; sys.path.insert(0, ${JSON.stringify(folder === '.' ? '' : folder)}); sys.argv = [${JSON.stringify(path)}]; import ${name}`;
}

/** A last line of a Python trace, or Node's: the kind of error, and what it says. */
const errorLine = /^(?:Uncaught )?((?:[A-Z]\w{0,60}\.)?[A-Z]\w{0,60}(?:Error|Exception))(?: \[\w{1,60}\])?: (.{0,300})/;
/** Whatever a program is given, these are mistakes of its own. */
const ownMistakes: ReadonlySet<string> = new Set([
  'NameError',
  'UnboundLocalError',
  'SyntaxError',
  'IndentationError',
  'TabError',
  'ReferenceError',
]);
/** What is not on this machine, in this folder or outside of a browser: that is for others to judge. */
const missing =
  /No module named|cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ERR_UNSUPPORTED|: (?:document|window|navigator|location|localStorage|sessionStorage|self|alert|HTMLElement|customElements) is not defined/i;

function interpreted(path: string, use: FileUse, command: string): StartTrial {
  return {
    command: `${command} < /dev/null`,
    faultIn: ({ outcome, output }) => {
      const does = use === 'module' ? `${path} cannot be loaded` : `${path} cannot be started`;
      // A program may wait for work; a module gives control back.
      if (outcome === 'timed_out') return use === 'module' ? `${does}: it does not come to an end` : undefined;
      if (outcome !== 'failed') return undefined;
      const found = output
        .split('\n')
        .flatMap((line) => [errorLine.exec(line.trim())].filter((match) => match !== null))
        .at(-1);
      if (found === undefined || missing.test(found[0])) return undefined;
      const [text, kind = ''] = found;
      return use === 'module' || ownMistakes.has(kind) ? `${does}: ${text}` : undefined;
    },
  };
}

const compilerLine = /^(?:\.\/)?[^\s:]{1,200}(?::\d{1,9}){1,2}: (?:error: )?(.{1,300})|^error(?:\[E\d{1,6}\])?: (.{1,300})/;
const packageMissing =
  /no required module provides|cannot find (?:package|crate|module)|is not in (?:std|GOROOT)|package [\w.]{1,200} does not exist|unresolved import|can't find crate|use of (?:undeclared|unresolved) (?:crate|module)/;

function compiled(command: string): StartTrial {
  return {
    command: `${command} < /dev/null`,
    faultIn: ({ outcome, output }) => {
      if (outcome !== 'failed' || packageMissing.test(output)) return undefined;
      const first = output
        .split('\n')
        .flatMap((line) => [compilerLine.exec(line)].filter((match) => match !== null))
        .at(0);
      return first === undefined ? undefined : `it does not compile: ${first[1] ?? first[2] ?? ''}`;
    },
  };
}
