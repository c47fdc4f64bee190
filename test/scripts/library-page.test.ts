import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { libraryPage } from '../../scripts/library-page.ts';
import { librarySignatures, type Signature } from '../../scripts/library-signatures.ts';
import * as library from '../../src/index.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/library.md'), 'utf8');

let signatures: Signature[];
beforeAll(() => {
  signatures = librarySignatures();
}, 120_000);

describe('docs/library.md', () => {
  it('shows the signatures that the compiler declares (else: npm run docs:library)', () => {
    expect(libraryPage(page, signatures)).toBe(page);
  });

  it('shows everything that a program can import', () => {
    const declared = (kind: Signature['kind']) => signatures.filter((signature) => signature.kind === kind).map(({ name }) => name);
    expect(declared('value')).toEqual(Object.keys(library).sort());
    const source = readFileSync(join(root, 'src/index.ts'), 'utf8');
    const named = [...source.matchAll(/^export type \{([^}]+)\}/gm)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    );
    expect(declared('type')).toEqual(named.filter((name) => name !== '').toSorted());
    expect(named.length).toBeGreaterThan(80);
  });

  it('shows methods with what they take and give, and nothing private', () => {
    const team = signatures.find(({ name }) => name === 'AgentOrchestrator')?.text ?? '';
    expect(team).toMatch(/^class AgentOrchestrator \{\n/);
    expect(team).toContain('\n  close(): Promise<void>;\n');
    expect(page).not.toMatch(/#private|^ +private /m);
  });
});
