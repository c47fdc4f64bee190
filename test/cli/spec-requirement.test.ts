import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRequirement } from '../../src/cli/read-requirement.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { folderOf } from '../support/folder-of.ts';
import { runCommand } from '../support/run-command.ts';

const files = {
  'specs/001-links/spec.md': 'Short links.',
  'specs/001-links/tasks.md': '- [x] T001 Set up\n- [ ] T002 Store links',
  '.specify/memory/constitution.md': 'Tests first.',
};

describe('a requirement that is a folder', () => {
  it.each(['--req', 'the only word'])('is read from %s, and what was read is told', async (place) => {
    const folder = join(folderOf(files), 'specs/001-links');
    const said: string[] = [];
    const given = place === '--req' ? { req: folder } : { words: [folder] };
    expect(await readRequirement(given, (line) => said.push(line))).toContain(
      '# specs/001-links/tasks.md (the steps)\n\n- [x] T001 Set up',
    );
    expect(said).toEqual([
      'Requirement: specs/001-links (.specify/memory/constitution.md, spec.md, tasks.md)',
      'specs/001-links has no plan.md: the team decides how to build it.',
    ]);
  });

  it('is not looked for in words, whatever their length', async () => {
    for (const words of [['a'.repeat(5000)], ['todo'], ['specs', 'first'], ['a\0b']]) {
      expect(await readRequirement({ words })).toBe(words.join(' '));
    }
  });

  it('is one requirement of several', async () => {
    const folder = folderOf(files);
    await expect(readRequirement({ words: [folder], req: folder })).rejects.toMatchObject({ category: 'usage' });
  });
});

it('starts a run on a specification, and says on standard error what it consists of, but not with --quiet', async () => {
  const text = '# Answer\n\nThe links are stored in a file, as the specification asks for, and each has a code of its own.\n';
  const server = await startFakeLlamaServer({ reply: () => ({ text }) });
  onTestFinished(() => server.close());
  const directory = folderOf(files);
  const run = ['run', 'quick-answer', 'specs/001-links', '--base-url', server.address];
  const ended = await runCommand(run, { directory });
  expect(ended).toMatchObject({ code: 0 });
  expect(ended.errors).toContain('Requirement: specs/001-links (.specify/memory/constitution.md, spec.md, tasks.md)\n');
  const asked = JSON.stringify(server.requests.map(({ body }) => body));
  expect(asked).toContain('# specs/001-links/spec.md (what to build)');
  expect(asked).not.toContain(directory);
  expect((await runCommand([...run, '--quiet'], { directory })).errors).toBe('');
});
