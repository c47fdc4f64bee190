import { expect, it } from 'vitest';
import { importedFiles } from '../../../src/orchestrator/working-set/imported-files.ts';

const files = [
  { path: 'app/main.py', content: 'from app.store import Store\nimport os\n' },
  { path: 'app/store.py', content: 'from app.rows import Row\n' },
  { path: 'app/rows.py', content: 'class Row:\n    pass\n' },
  { path: 'web/page.ts', content: "import { load } from './load.ts';\n" },
  { path: 'web/load.ts', content: 'export const load = 1;\n' },
  { path: 'notes.md', content: 'import everything\n' },
];

it.each([
  ['a file imports, and no farther', ['app/main.py'], ['app/store.py']],
  ['several import', ['app/store.py', 'web/page.ts'], ['app/rows.py', 'web/load.ts']],
  ['a file imports that is wanted, too, is not among them', ['app/main.py', 'app/store.py'], ['app/rows.py']],
  ['tests that are not written yet are to test', ['app/test_rows.py'], ['app/rows.py']],
  ['nobody knows of a file that is not written yet', ['app/new.py'], []],
  ['a text that is no program imports', ['notes.md'], []],
])('what %s', (_, paths, expected) => {
  expect([...importedFiles(paths, files)].toSorted()).toEqual(expected);
});
