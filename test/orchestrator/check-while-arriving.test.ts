import { expect, it, vi } from 'vitest';
import type { CheckSyntaxOptions } from '../../src/files/syntax/check-syntax.ts';
import { eventsOfType, teamOnFake } from '../support/team-on-fake.ts';

const checked = vi.hoisted(() => ({ paths: [] as string[], first: Promise.withResolvers<void>() }));
vi.mock(import('../../src/files/syntax/check-syntax.ts'), async (importOriginal) => {
  const original = await importOriginal();
  const checkSyntax = (file: CheckSyntaxOptions) => {
    checked.paths.push(file.path);
    checked.first.resolve();
    return original.checkSyntax(file);
  };
  return { ...original, checkSyntax };
});

it('a file is checked when it is whole, while its reply still arrives, and not once more when it is written', async () => {
  const reply = `\`\`\`python:a.py\ndef f(:\n    pass\n\`\`\`\n\n${'And there is more to say. '.repeat(40)}\n`;
  const { orchestrator, server, events } = await teamOnFake({ server: { pace: 'manual', reply: () => reply } });
  const task = { taskType: 'implementation', description: 'Implement it', requirement: 'Add two numbers.', expects: 'files' as const };
  const running = orchestrator.executeTask(task, 'dev_001');
  await server.waitForRequest(0);
  server.gate.release(60);
  await checked.first.promise;
  expect(server.requests[0]?.outcome).toBe('running');
  expect(eventsOfType(events, 'artifact.written')).toEqual([]);
  server.gate.open();
  const { result } = await running;
  expect(result?.files_created).toMatchObject([{ path: 'a.py', check: { found: 1 } }]);
  expect(checked.paths).toEqual(['a.py']);
});
