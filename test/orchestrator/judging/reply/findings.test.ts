import { expect, it } from 'vitest';
import { callFinding } from '../../../../src/orchestrator/calling/call-finding.ts';
import { brokenFiles } from '../../../../src/orchestrator/judging/reply/broken-files.ts';
import { unseenFiles } from '../../../../src/orchestrator/judging/reply/unseen-files.ts';

const broken = { path: 'a.py', content: Buffer.from('def f(:\n'), check: { language: 'python', findings: [], found: 1 } };
const step = (fileCheck: string, expects = 'files') => ({ step: { run: { fileCheck }, task: { expects } }, broken: [broken] }) as never;

it('a file that does not parse is asked for once more, where the setting says so and the step is to give files', async () => {
  expect(await brokenFiles(step('repair'))).toEqual([{ code: 'reply.broken_files', message: 'a.py does not parse', remedy: 'repair' }]);
  expect(await brokenFiles(step('report'))).toEqual([]);
  expect(await brokenFiles(step('repair', 'text'))).toEqual([]);
});

it('a file that was replaced unseen is shown, unless the model was told that it is too long', async () => {
  const kept = { unseen: ['a.py', 'b.py'] } as never;
  expect(await unseenFiles({ kept, told: new Set(['b.py']) })).toEqual([
    { code: 'reply.unseen_files', message: 'the reply replaces files that it was not shown (a.py)', remedy: 'show', paths: ['a.py'] },
  ]);
  expect(await unseenFiles({ kept, told: new Set(['a.py', 'b.py']) })).toEqual([]);
});

it('calls are done, each tool is named once, and it is said what helps a model that does nothing else', () => {
  const calls = ['look', 'look', 'try'].map((name, index) => ({ name, given: { kind: 'json' as const, text: String(index) } }));
  expect(callFinding({}, [], { calls, more: 0, text: '' } as never)).toMatchObject({
    code: 'reply.calls',
    message: 'the reply only calls tools (look, try)',
    remedy: 'call',
    hint: expect.stringContaining('max_iterations') as string,
  });
});
