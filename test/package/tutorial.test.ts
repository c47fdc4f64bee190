import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { commandFolder } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/tutorial.md'), 'utf8');
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^\`]*)^\`\`\`$`, 'gm'))].map(([, text = '']) => text);

const block = (path: string, content: string) => `\`\`\`javascript:${path}\n${content}\`\`\`\n`;
const mended = 'exports.total = (lines) => lines.reduce((sum, { price, count }) => sum + price * count, 0);\n';
const refined = mended.replace('{ price, count }', '{ price, count = 1 }');
/** What a model might say that does well. */
const replies: Readonly<Record<string, string>> = {
  bug_analysis: 'The sum adds each price once, whatever its count.',
  bug_fix: block('bill.js', mended),
  regression_testing: block(
    'total.test.js',
    "const { test } = require('node:test');\nconst assert = require('node:assert');\nconst { total } = require('./bill.js');\n\ntest('nothing costs nothing', () => {\n  assert.equal(total([]), 0);\n});\n",
  ),
  release_notes: '```markdown:NOTES.md\n# Counts\n\nA line is charged as often as it was bought.\n```\n',
  refinement: block('bill.js', refined),
};

it('the commands of docs/tutorial.md change a project, in this order, and print what it quotes', { timeout: 240_000 }, async () => {
  const server = await startFakeLlamaServer({ reply: ({ taskType = '' }) => replies[taskType] ?? '' });
  onTestFinished(() => server.close());
  const directory = temporaryFolder();
  writeFileSync(join(directory, '.gitconfig'), '[user]\n\tname = Ann\n\temail = ann@example.org\n');
  const env = {
    PATH: [commandFolder, dirname(process.execPath), process.env['PATH']].join(delimiter),
    HOME: directory,
    OPENAI_API_BASE: server.address,
    MULTIAGENT_VERIFY: 'off',
  };
  const state = 'echo "== $(git rev-list --count HEAD) commits: $(cat bill.js)"';
  const script = ['set -e', ...blocks('sh').flatMap((text) => [text, 'test ! -e bill.js || ' + state])].join('\n');
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: directory, env, maxBuffer: 10_000_000 });
  for (const line of blocks('text').flatMap((text) => text.trim().split('\n'))) {
    const shape = line.split('…').map((part) => RegExp.escape(part));
    expect(stdout).toMatch(new RegExp(`^\\W*${shape.join('.+')}$`, 'm'));
  }
  const states = [...stdout.matchAll(/^== (\d) commits: (.*)$/gm)].map(([, commits, content]) => [Number(commits), `${content}\n`]);
  const begun = page.match(/^exports\.total.*\n/m)?.[0];
  expect(states).toEqual([
    [1, begun],
    [1, begun],
    [1, begun],
    [2, mended],
    [3, refined],
    [3, mended],
  ]);
});
