import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** A name that a program can import, and how it is declared, without remarks and without what is private. */
export interface Signature {
  name: string;
  /** A class that is handed on as a type is one. */
  kind: 'value' | 'type';
  text: string;
}

/** Every export of `src/index.ts`, as the compiler declares it, by name. */
export function librarySignatures(): Signature[] {
  const folder = mkdtempSync(join(tmpdir(), 'signatures-'));
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--emitDeclarationOnly', '--outDir', folder], { cwd: root });
    const index = join(folder, 'index.d.ts');
    return exportsOf(index)
      .map(({ name, kind }) => ({ name, kind, text: signatureOf(name, index) }))
      .toSorted((first, second) => (first.name < second.name ? -1 : 1));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const reexport = /^export (type )?(?:\{ ?([^}]+?),? ?\}|\*) from '(.+)\.ts';$/gm;
const declaration = /^export (?:declare )?(?:abstract )?(?:class|const|function|interface|type) (\w+)/;

function exportsOf(file: string): Omit<Signature, 'text'>[] {
  const text = readFileSync(file, 'utf8');
  const handed = [...text.matchAll(reexport)].flatMap(([, type, names = '']) =>
    names.split(', ').map((name) => ({ name, kind: type === undefined ? ('value' as const) : ('type' as const) })),
  );
  const own = statements(text).flatMap((statement) => declaration.exec(statement)?.[1] ?? []);
  return [...handed, ...own.map((name) => ({ name, kind: 'value' as const }))];
}

/** Follows a name to the file that declares it. @throws Error where there is none. */
function signatureOf(name: string, file: string): string {
  const found = search(name, file);
  if (found === undefined) throw new Error(`${name} is exported, and no declaration of it was found.`);
  return found;
}

function search(name: string, file: string): string | undefined {
  const text = readFileSync(file, 'utf8');
  for (const statement of statements(text)) {
    if (declaration.exec(statement)?.[1] === name) return tidy(statement);
  }
  for (const [, , names, path = ''] of text.matchAll(reexport)) {
    if (names !== undefined && !names.split(', ').includes(name)) continue;
    const found = search(name, join(dirname(file), `${path}.d.ts`));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Each with the lines below it that belong to it; without remarks. */
function statements(text: string): string[] {
  return text.replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, '').split(/^(?=(?:export|declare|import|type|interface) )/m);
}

function tidy(statement: string): string {
  return statement
    .trimEnd()
    .replace(/^export (?:declare )?/, '')
    .split('\n')
    .filter((line) => !/^ +(?:#private|private )/.test(line))
    .map((line) => line.replace(/^ +/, (indent) => ' '.repeat(indent.length / 2)))
    .join('\n');
}
