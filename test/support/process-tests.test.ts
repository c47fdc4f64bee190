import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { processTests } from './process-tests.ts';
import { temporaryFolder } from './temporary-folder.ts';

it('a test waits for processes where it, or what it shares with others, starts some', () => {
  const root = temporaryFolder();
  const files = {
    'test/a/itself.test.ts': "import { spawn } from 'node:child_process';\n",
    'test/a/by-a-helper.test.ts': "import { run } from '../support/run.ts';\n",
    'test/a/by-the-helper-of-a-helper.test.ts': "import {\n  start,\n} from './start.ts';\n",
    'test/a/start.ts': "export { run as start } from '../support/run.ts';\n",
    'test/a/around-in-a-circle.test.ts': "import { one } from './one.ts';\n",
    'test/a/one.ts': "import { two } from './two.ts';\n",
    'test/a/two.ts': "import { one } from './one.ts';\n",
    'test/a/only-speaks-of-it.test.ts': "const text = `import { x } from './${name}.ts'`;\n",
    'test/a/uses-the-product.test.ts': "import { run } from '../../src/run.ts';\n",
    'test/support/run.ts': "import { execFile } from 'node:child_process';\n",
    'src/run.ts': "import { execFile } from 'node:child_process';\n",
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  expect(processTests(root)).toEqual(['test/a/by-a-helper.test.ts', 'test/a/by-the-helper-of-a-helper.test.ts', 'test/a/itself.test.ts']);
});

it('the tests of terminals and of the command are among them', () => {
  const found = processTests(join(import.meta.dirname, '..', '..'));
  expect(found).toEqual(expect.arrayContaining(['test/cli/views/live/live-terminal.test.ts', 'test/cli/run-command.test.ts']));
  expect(found).not.toContain('test/orchestrator/scheduling/task-manager.test.ts');
});
