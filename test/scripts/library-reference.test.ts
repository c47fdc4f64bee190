import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { firstSentence } from '../../scripts/declaration-remark.ts';
import { documentedErrors } from '../../scripts/documented-errors.ts';
import { eventTypesPage, readEventSources } from '../../scripts/event-types-page.ts';
import { type Declaration, emitDeclarations, readDeclarations } from '../../scripts/library-declarations.ts';
import { referencePages } from '../../scripts/reference-pages.ts';
import { runStreamEvents } from '../../src/events/run-stream-events.ts';
import * as library from '../../src/index.ts';
import { exampleModule, referenceExamples } from './reference-examples.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

let folder: string;
let declarations: Declaration[];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'multiagent-test-'));
  emitDeclarations(join(folder, 'library'));
  declarations = readDeclarations(join(folder, 'library'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = (wanted: (declaration: Declaration) => boolean) =>
  declarations.filter((declaration) => declaration.reach === 'exported' && wanted(declaration)).map(({ name }) => name);

describe('the reference of the library', () => {
  it('is what the source says (else: npm run docs:library)', () => {
    const pages = referencePages(declarations, documentedErrors(read('docs/errors.md')));
    pages.set('reference/event-types.md', eventTypesPage(readEventSources(), Object.keys(runStreamEvents)));
    for (const [path, text] of pages) expect(read(`docs/${path}`), path).toBe(text);
    expect(readdirSync(join(root, 'docs/reference')).map((name) => `reference/${name}`)).toEqual(
      [...pages.keys()].filter((path) => path.startsWith('reference/')).toSorted(),
    );
  });

  it('holds everything that a program can import, each once', () => {
    expect(named(({ kind }) => kind === 'value').toSorted()).toEqual(Object.keys(library).sort());
    expect(new Set(named(() => true)).size).toBe(named(() => true).length);
    expect(named(({ kind }) => kind === 'type').length).toBeGreaterThan(120);
  });

  it('says in a sentence what each of them is', () => {
    expect(named(({ remark }) => firstSentence(remark.text) === '')).toEqual([]);
  });

  it('has an example of every class, function and value', () => {
    expect(named(({ name, kind, remark }) => kind === 'value' && !new RegExp(`\\b${name}\\b`).test(remark.example))).toEqual([]);
  });

  it('tells the data of every type of event, with the schemas that it names', () => {
    const page = read('docs/reference/event-types.md');
    for (const type of Object.keys(runStreamEvents)) expect(page).toContain(`\n## ${type}\n`);
    const told = new Set([...page.matchAll(/^### (\w+)$/gm)].map(([, name]) => name));
    const named = [...page.matchAll(/\b\w+Schema\b/g)].map(([name]) => name);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !told.has(name))).toEqual([]);
  });

  it('shows methods with what they take and give, and nothing private', () => {
    const team = declarations.find(({ name }) => name === 'AgentOrchestrator')?.signature ?? '';
    expect(team).toMatch(/^class AgentOrchestrator \{\n/);
    expect(team).toContain('\n  close(): Promise<void>;\n');
    expect(declarations.filter(({ signature }) => /#private|^ +private /m.test(signature))).toEqual([]);
  });

  it('has examples that the compiler accepts, as strictly as the program itself', async () => {
    const examples = referenceExamples();
    expect(examples.length).toBeGreaterThan(70);
    const place = join(folder, 'examples');
    mkdirSync(place);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const example of examples) writeFileSync(join(place, `${example.name}.ts`), exampleModule(example, '../library/index.js'));
    const settings = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { rootDir: folder, incremental: false, tsBuildInfoFile: null, typeRoots: [join(root, 'node_modules/@types')] },
      include: [place],
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
    const compiler = join(root, 'node_modules/typescript/bin/tsc');
    const checked = promisify(execFile)(process.execPath, [compiler, '-p', folder]);
    const said = await checked.catch((error: { stdout: string }) => error);
    expect(said.stdout).toBe('');
  });
});
