import { expect, it } from 'vitest';
import { makeRoom } from '../../../src/orchestrator/conversation/make-room.ts';
import { variedWords } from '../../support/varied-words.ts';
import { analysis, teamWithSteps } from '../step-kinds/team-with-steps.ts';

it('cuts the replies of superseded iterations of a loop first, whoever rests on them, and those of its last one like all others', async () => {
  const rounds = {
    id: 'rounds',
    kind: 'loop',
    description: 'Look again.',
    until: 'iteration == 2',
    steps: [analysis('look'), analysis('think', ['look'], 'technical_feasibility')],
    depends_on: ['first'],
  };
  let count = 0;
  const reply = () => `# Notes\n\n${variedWords((count += 1), 100)}`;
  const { run, orchestrator } = await teamWithSteps(
    [analysis('first', [], 'triage'), rounds, analysis('after', ['rounds'], 'final_analysis')] as never,
    { server: { reply } },
  );
  const result = await run();
  expect(result.error).toBe(null);
  const state = await orchestrator.loadRun(result.workflow_id);
  const turns = state.turnOrder.filter((task) => task !== 'after');
  const contentOf = () => Promise.resolve(undefined);
  const cut = async (excessTokens: number) => {
    const made = await makeRoom({ state, task: 'after', turns, excessTokens, tokensOf: (text) => text.length, contentOf });
    return made?.data.cuts.map(({ task }) => task);
  };
  expect(await cut(1)).toEqual(['rounds/1/look']);
  expect((await cut(100_000))?.slice(0, 2)).toEqual(['rounds/1/look', 'rounds/1/think']);
  expect(await cut(100_000)).toHaveLength(5);
});

const rows = (name: string) =>
  `def ${name}(values):\n${Array.from({ length: 30 }, (_, line) => `    values[${line}] += ${line}\n`).join('')}    return values\n`;
const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n\n`;

/** Two steps that write two modules each, and one that is to change the second. */
async function twoBuilders() {
  const build = (id: string, depends_on: string[]) => ({
    ...analysis(id, depends_on, 'implementation'),
    role: 'developer',
    expects: 'files' as const,
  });
  const { run, orchestrator } = await teamWithSteps(
    [
      build('one', []),
      build('two', ['one']),
      { ...build('change', ['two']), task_type: 'refinement', description: 'Change b.py.' },
    ] as never,
    {
      server: {
        reply: ({ messages }) => {
          const asked = messages.at(-1)?.content ?? '';
          if (asked.includes('Change b.py.')) return block('e.py', rows('e'));
          return asked.includes('(one)')
            ? block('a.py', rows('a')) + block('b.py', rows('b'))
            : block('c.py', rows('c')) + block('d.py', rows('d'));
        },
      },
    },
  );
  const result = await run();
  expect(result.error).toBe(null);
  const state = await orchestrator.loadRun(result.workflow_id);
  const cut = async (excessTokens: number) => {
    const contentOf = (sha256: string) => orchestrator.store.getContent(sha256);
    const made = await makeRoom({ state, task: 'change', turns: ['one', 'two'], excessTokens, tokensOf: (text) => text.length, contentOf });
    return new Map(made?.data.cuts.map(({ task, digest }) => [task, digest]));
  };
  return { state, cut };
}

it('leaves of a reply what its files define, and whole the file that the task changes; only names where that is too long', async () => {
  const { cut } = await twoBuilders();
  const few = await cut(100);
  expect([...few.keys()]).toEqual(['one']);
  expect(few.get('one')).toContain('```a.py (what it defines, without bodies)\ndef a(values):\n```');
  expect(few.get('one')).toContain(`\`\`\`b.py\n${rows('b')}\`\`\``);
  const more = await cut(1500);
  expect(more.get('two')).toContain('```d.py (what it defines, without bodies)\ndef d(values):\n```');
  const all = await cut(1_000_000);
  expect([...all.keys()].toSorted()).toEqual(['one', 'two']);
  for (const digest of all.values()) expect(digest).not.toContain('def ');
  expect(all.get('one')).toBe('(This reply was shortened to fit.)\n\nFiles:\n- a.py\n- b.py');
});

it('shortens a reply once more that was shortened to what its files define, and not a third time', async () => {
  const { cut, state } = await twoBuilders();
  for (const [task, digest] of await cut(1500)) state.epoch.digests.set(task, digest);
  expect(state.epoch.digests.get('two')).toContain('def d(values):');
  const again = await cut(1);
  expect([...again.values()].join('')).not.toContain('def ');
  for (const [task, digest] of await cut(1_000_000)) state.epoch.digests.set(task, digest);
  expect(await cut(1)).toEqual(new Map());
});
