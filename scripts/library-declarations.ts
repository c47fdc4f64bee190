import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseRemark, type Remark } from './declaration-remark.ts';
import { type Statement, statementsOf } from './declaration-statements.ts';

const root = join(import.meta.dirname, '..');

/** A name that a program can import, and how it is declared, without what is private. */
export interface Declaration {
  name: string;
  /** A class that is handed on as a type is one. */
  kind: 'value' | 'type';
  /** The heading above it in `src/index.ts`. */
  subject: Subject;
  remark: Remark;
  /** With the remarks on its members. */
  signature: string;
}

/** Things that belong together: `title: about` in `src/index.ts`. */
export interface Subject {
  title: string;
  about: string;
}

/** Writes what the compiler declares into a folder, as the package has it. */
export function emitDeclarations(folder: string): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder], { cwd: root });
}

/**
 * Every export of `src/index.ts` in its order.
 * @param folder What `emitDeclarations` has filled.
 * @throws Error for an export under no heading, or one of which no declaration is found.
 */
export function readDeclarations(folder: string): Declaration[] {
  const index = join(folder, 'index.d.ts');
  return exportsOf(readFileSync(join(root, 'src/index.ts'), 'utf8')).map((exported) => {
    const found = search(exported.name, index);
    if (found === undefined) throw new Error(`${exported.name} is exported, and no declaration of it was found.`);
    return { ...exported, remark: parseRemark(found.remark), signature: tidy(found.text) };
  });
}

const entry = /^\/\/ # (?<title>[^:\n]+): (?<about>.+)$|^export (?<type>type )?\{(?<names>[^}]+)\} from|^export function (?<own>\w+)/gm;

function exportsOf(source: string): Pick<Declaration, 'name' | 'kind' | 'subject'>[] {
  let subject: Subject | undefined;
  const found: Pick<Declaration, 'name' | 'kind' | 'subject'>[] = [];
  for (const { groups = {} } of source.matchAll(entry)) {
    const { title, about = '', type, names, own } = groups;
    if (title !== undefined) {
      subject = { title, about };
      continue;
    }
    for (const written of (own ?? names ?? '').split(',').map((name) => name.trim())) {
      if (written === '') continue;
      if (subject === undefined) throw new Error(`${written} is exported under no heading.`);
      const name = written.replace(/^type /, '');
      found.push({ name, kind: type === undefined && name === written ? 'value' : 'type', subject });
    }
  }
  return found;
}

const reexport = /^export (?:type )?(?:\{([^}]+)\}|\*) from '(.+)\.ts';$/gm;

/** Follows a name to the file that declares it. */
function search(name: string, file: string): Statement | undefined {
  const text = readFileSync(file, 'utf8');
  const here = statementsOf(text).find((statement) => statement.name === name);
  if (here !== undefined) return here;
  for (const [, names, path = ''] of text.matchAll(reexport)) {
    if (names !== undefined && !names.split(',').some((written) => written.trim().replace(/^type /, '') === name)) continue;
    const found = search(name, join(dirname(file), `${path}.d.ts`));
    if (found !== undefined) return found;
  }
  return undefined;
}

const privateMember = /(?:^ +\/\*\*(?:(?!\*\/)[^])*\*\/\n)?^ +(?:#private|private )[^\n]*\n/gm;

/** With two spaces for each level, where the compiler has four. */
function tidy(statement: string): string {
  return statement
    .replace(/^export (?:declare )?/, '')
    .replaceAll(privateMember, '')
    .replaceAll(/^ +/gm, ({ length }) => ' '.repeat(Math.floor(length / 4) * 2 + (length % 4)))
    .replaceAll(/[ \t]+$/gm, '');
}
