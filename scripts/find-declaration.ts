import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Statement, statementsOf } from './declaration-statements.ts';

/** A declaration, and the file that it stands in. */
export interface Found extends Statement {
  file: string;
}

const reexport = /^export (?:type )?(?:\{([^}]+)\}|\*) from '(.+)\.ts';$/gm;
const ownImport = /^import (?:type )?\{([^}]+)\} from '(\..+)\.ts';$/gm;

const read = new Map<string, { text: string; statements: Statement[] }>();

function contentOf(file: string): { text: string; statements: Statement[] } {
  let content = read.get(file);
  if (content === undefined) {
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    content = { text, statements: statementsOf(text) };
    read.set(file, content);
  }
  return content;
}

/** Follows an export of a file of declarations to where it is declared. */
export function findDeclaration(name: string, file: string): Found | undefined {
  const { text, statements } = contentOf(file);
  const here = statements.find((statement) => statement.name === name);
  if (here !== undefined) return { ...here, file };
  for (const [, names, path = ''] of text.matchAll(reexport)) {
    if (names !== undefined && !namesIn(names).some((written) => written.here === name)) continue;
    const found = findDeclaration(name, join(dirname(file), `${path}.d.ts`));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Where a type is declared that a file of declarations names. Undefined: it is none of this package, or no interface, class or type. */
export function findNamed(name: string, file: string): Found | undefined {
  const { text, statements } = contentOf(file);
  const here = statements.find((statement) => statement.name === name);
  const found = here === undefined ? findImported(name, text, file) : { ...here, file };
  return found !== undefined && /^(?:export )?(?:declare )?(?:abstract )?(?:class|interface|type) /.test(found.text) ? found : undefined;
}

function findImported(name: string, text: string, file: string): Found | undefined {
  for (const [, names = '', path = ''] of text.matchAll(ownImport)) {
    const written = namesIn(names).find(({ here }) => here === name);
    if (written !== undefined) return findDeclaration(written.there, join(dirname(file), `${path}.d.ts`));
  }
  return undefined;
}

function namesIn(names: string): { there: string; here: string }[] {
  return names.split(',').map((written) => {
    const [there = '', here = there] = written
      .trim()
      .replace(/^type /, '')
      .split(' as ');
    return { there, here };
  });
}
