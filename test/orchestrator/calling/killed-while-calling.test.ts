import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../../src/orchestrator/workflow-engine.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { mortalStore } from '../../support/memory-store/mortal-store.ts';
import { knowingProject, writeProject } from '../../support/store-with-project.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const run = '20260101-000000-aaaa';
const project = { 'src/tax.py': 'RATE = 19\n', 'src/total.py': 'from tax import RATE\n' };
const block = (path: string, content: string) => `\`\`\`python:${path}\n${content}\`\`\`\n`;
const native = (...all: [name: string, given: object][]) =>
  all.map(([name, given], at) => ({ id: `c${at}`, name, arguments: JSON.stringify(given) }));
const answers = {
  text: [
    'search_files("RATE")\nread_file("src/tax.py")',
    'search_files("RATE")',
    `${block('new.py', 'ANSWER = 42\n')}\nsearch_files("ANSWER")\nread_file("src/total.py")`,
    block('src/tax.py', 'RATE = 20\n'),
  ],
  native: [
    { text: '', calls: native(['search_files', { text: 'RATE' }], ['read_file', { path: 'src/tax.py' }]) },
    { text: 'Again.', calls: native(['search_files', { text: 'RATE' }]) },
    {
      text: block('new.py', 'ANSWER = 42\n'),
      calls: native(['search_files', { text: 'ANSWER' }], ['read_file', { path: 'src/total.py' }]),
    },
    block('src/tax.py', 'RATE = 20\n'),
  ],
  // The second mistake changes the way.
  'native, then text': [
    { text: '', calls: native(['read_file', { path: 'src/tax.py' }], ['fly', {}]) },
    { text: 'Again.', calls: [{ id: 'c0', name: 'search_files', arguments: '{"text":' }] },
    `${block('new.py', 'ANSWER = 42\n')}\nsearch_files("ANSWER")\nread_file("src/total.py")`,
    block('src/tax.py', 'RATE = 20\n'),
  ],
};
const step = {
  id: 'raise',
  role: 'developer',
  task_type: 'raising',
  description: 'Raise the rate.',
  expects: 'files' as const,
  tools: ['read_file' as const, 'search_files' as const],
};

/** A run whose step calls tools in three of its replies; its process dies at this append, and another one goes on. */
async function lived(way: keyof typeof answers, append = Infinity) {
  const workspace = temporaryFolder();
  writeProject(workspace, project);
  const server = await startFakeLlamaServer({
    contextTokens: 32_768,
    reply: ({ body }) => {
      // One that stands last is the reply itself, which goes on.
      const before = (body['messages'] as { role: string }[]).slice(0, -1);
      return answers[way][before.filter(({ role }) => role === 'assistant').length] ?? '';
    },
  });
  onTestFinished(() => server.close());
  const journal = knowingProject(new MemoryEventStore(), project);
  const work = async (how: 'begin' | 'resume', last: number) => {
    const { store, count } = mortalStore(journal, last);
    const config = {
      workspace,
      output_directory: join(workspace, 'output'),
      llm_base_url: server.address,
      verify: 'off' as const,
      model_profiles: [{ match: '.', calls: way === 'text' ? ('text' as const) : ('native' as const) }],
    };
    const orchestrator = new AgentOrchestrator({ workspace, store, clock: instantClock(), config });
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow({ name: 'house', steps: [step] });
    try {
      if (how === 'begin') await orchestrator.executeWorkflow(engine.createWorkflow('house', 'Raise it.'), { run });
      else await orchestrator.resumeRun(run);
    } catch (error) {
      // A run may be over before its process dies.
      const isOver = how === 'resume' && (error as { code?: string }).code === 'run.complete';
      if (last === Infinity && !isOver) throw error;
    } finally {
      await orchestrator.close();
    }
    return count();
  };
  const appends = await work('begin', append);
  if (append !== Infinity) await work('resume', Infinity);
  const messages: Record<string, string> = {};
  const ended: unknown[] = [];
  for await (const { type, data } of journal.read(`run:${run}`)) {
    if (type === 'activity.started' && data.kind === 'reply')
      messages[data.activity] = `${data.message}${JSON.stringify([data.results, data.calling])}`;
    if (type === 'activity.completed')
      ended.push(data.kind === 'reply' ? data.activity : data.kind === 'tool' ? { ...data, durationMilliseconds: 0 } : data);
  }
  return { appends, ended: { messages, ended } };
}

it.each<[keyof typeof answers]>([['text'], ['native'], ['native, then text']])(
  'a run that is killed while its step calls tools (%s) is told the same, byte for byte, and calls and asks nothing twice',
  async (way) => {
    const { appends, ended } = await lived(way);
    expect(ended.ended).toHaveLength(4 + 5);
    const kills = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((part) => 2 + Math.floor(((appends - 6) * part) / 9));
    expect(new Set(kills).size).toBe(9);
    for (const append of kills) {
      const { ended: found } = await lived(way, append);
      expect({ append, ...found }).toEqual({ append, ...ended });
    }
  },
);
