import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRemark, type Remark } from './declaration-remark.ts';
import { type Found, findDeclaration, findNamed } from './find-declaration.ts';

const root = join(import.meta.dirname, '..');

/** How something of the library is declared, without what is private. */
export interface Declaration {
  name: string;
  /** A class that is handed on as a type is one. */
  kind: 'value' | 'type';
  /** `named`: it cannot be imported, but what can be says its name. */
  reach: 'exported' | 'named';
  /** The heading above it in `src/index.ts`; that of what names it first. */
  subject: Subject;
  remark: Remark;
  /** With the remarks on its members. */
  signature: string;
  /** The names in it that are declared here, too. */
  mentions: string[];
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

/** What an export names is told, and what that names. Further away are the parts that do the work. */
const furthest = 2;

/**
 * Every export of `src/index.ts` in its order, and behind them what they name.
 * @param folder What `emitDeclarations` has filled.
 * @throws Error for an export under no heading, or one of which no declaration is found, or two things with one name.
 */
export function readDeclarations(folder: string): Declaration[] {
  const index = join(folder, 'index.d.ts');
  const known = new Map<string, Told>();
  for (const exported of exportsOf(readFileSync(join(root, 'src/index.ts'), 'utf8'))) {
    const found = findDeclaration(exported.name, index);
    if (found === undefined) throw new Error(`${exported.name} is exported, and no declaration of it was found.`);
    known.set(exported.name, { declaration: declarationOf({ ...exported, reach: 'exported' }, found), file: found.file, away: 0 });
  }
  // It grows meanwhile: what is named names others.
  for (const { declaration, file, away } of known.values()) {
    const goesOn = away < furthest && (away === 0 || !declaration.signature.startsWith('class '));
    for (const name of wordsOf(declaration.signature)) {
      const found = name === declaration.name ? undefined : findNamed(name, file);
      if (found === undefined) continue;
      if (goesOn && !known.has(name)) {
        const named = { name, kind: 'type', reach: 'named', subject: declaration.subject } as const;
        known.set(name, { declaration: declarationOf(named, found), file: found.file, away: away + 1 });
      }
      // Something else may have the same name.
      if (known.get(name)?.file === found.file) declaration.mentions.push(name);
    }
  }
  return [...known.values()].map(({ declaration }) => declaration);
}

interface Told {
  declaration: Declaration;
  file: string;
  /** How many names lead to it from an export. */
  away: number;
}

function declarationOf(what: Pick<Declaration, 'name' | 'kind' | 'reach' | 'subject'>, found: Found): Declaration {
  return { ...what, remark: parseRemark(found.remark), signature: tidy(found.text), mentions: [] };
}

/** The words of a signature, without its remarks and texts. */
function wordsOf(signature: string): Set<string> {
  return new Set(signature.replaceAll(/\/\*\*[^]*?\*\/|'[^'\n]*'/g, '').match(/\w+/g));
}

type Exported = Pick<Declaration, 'name' | 'kind' | 'subject'>;

const entry = /^\/\/ # (?<title>[^:\n]+): (?<about>.+)$|^export (?<type>type )?\{(?<names>[^}]+)\} from|^export function (?<own>\w+)/gm;

function exportsOf(source: string): Exported[] {
  let subject: Subject | undefined;
  const found: Exported[] = [];
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

const privateMember = /(?:^ +\/\*\*(?:(?!\*\/)[^])*\*\/\n)?^ +(?:#private|private )[^\n]*\n/gm;

/** With two spaces for each level, where the compiler has four. */
function tidy(statement: string): string {
  return statement
    .replace(/^export /, '')
    .replace(/^declare /, '')
    .replaceAll(privateMember, '')
    .replaceAll(/^ +/gm, ({ length }) => ' '.repeat(Math.floor(length / 4) * 2 + (length % 4)))
    .replaceAll(/[ \t]+$/gm, '');
}
