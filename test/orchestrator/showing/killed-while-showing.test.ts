import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { SettingsInput } from '../../../src/config/settings-schema.ts';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../../src/orchestrator/workflow-engine.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { mortalStore } from '../../support/memory-store/mortal-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';
import { fileBlock, lastMessage, module } from './long-run.ts';

const run = '20260101-000000-aaaa';
const paths = [0, 1, 2, 3, 4, 5, 6, 7].map((number) => module(number).path);

const step = (id: string, task_type: string, description: string, depends_on: string[] = []) => ({
  id,
  role: 'developer',
  task_type,
  description,
  expects: 'files' as const,
  depends_on,
});

/** A step writes four modules, another one four, and a third changes one, when not all of them fit any more. */
const scenes: Record<string, { model: string; settings: SettingsInput; contextTokens: number; requirement: string }> = {
  contract: { model: 'fake-model', settings: { prompt_layout: 'contract' }, contextTokens: 7000, requirement: 'Build it.' },
  transcript: { model: 'fake-model', settings: { prompt_layout: 'transcript' }, contextTokens: 6000, requirement: 'Build it.' },
  'one file at a time': {
    model: 'some-coder-1.5b-instruct',
    settings: {},
    contextTokens: 5000,
    requirement: `Write the files ${paths.join(', ')}.`,
  },
};

const steps = [
  step('first', 'implementation', 'Write the first half.'),
  step('second', 'implementation', 'Write the second half.', ['first']),
  step('change', 'refinement', 'Have part_3.py count twice.', ['second']),
];

function answer(message: string): string {
  const one = /file (part_\d\.py) in a code block/.exec(message)?.[1];
  if (one !== undefined) return fileBlock(one, module(paths.indexOf(one)).content);
  if (message.includes('Have part_3.py count twice.')) return fileBlock('part_3.py', 'def count_3(values):\n    return 6\n');
  const half = message.includes('Write the first half.') ? paths.slice(0, 4) : paths.slice(4);
  return half.map((path) => fileBlock(path, module(paths.indexOf(path)).content)).join('');
}

/** A whole run; its process dies at this append, and another one goes on. */
async function lived({ model, settings, contextTokens, requirement }: (typeof scenes)[string], append = Infinity) {
  const workspace = temporaryFolder();
  const server = await startFakeLlamaServer({ model, contextTokens, reply: (request) => answer(lastMessage(request)) });
  onTestFinished(() => server.close());
  const journal = new MemoryEventStore();
  const work = async (how: 'begin' | 'resume', last: number) => {
    const { store, count } = mortalStore(journal, last);
    const config = {
      workspace,
      output_directory: join(workspace, 'output'),
      llm_base_url: server.address,
      max_concurrent_agents: 1,
      verify: 'off' as const,
      ...settings,
    };
    const orchestrator = new AgentOrchestrator({ workspace, store, clock: instantClock(), config });
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow(definitionOf('house', steps));
    try {
      if (how === 'begin') await orchestrator.executeWorkflow(engine.createWorkflow('house', requirement), { run });
      else await orchestrator.resumeRun(run);
    } catch (error) {
      // How often something is appended depends on how fast it arrives: a run may be over before its process dies.
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
  const replies: string[] = [];
  const reads: unknown[] = [];
  for await (const { type, data } of journal.read(`run:${run}`)) {
    if (type === 'activity.started' && data.kind === 'reply') messages[data.activity] = data.message;
    if (type !== 'activity.completed') continue;
    if (data.kind === 'reply') replies.push(data.activity);
    if (data.kind === 'read') reads.push(data);
  }
  return { appends, ended: { messages, replies, reads } };
}

describe.each(Object.entries(scenes))('%s: a run that is killed and resumed', (_, scene) => {
  it('is shown the same files, byte for byte, and asked nothing twice', async () => {
    const { appends, ended } = await lived(scene);
    expect(ended.reads.length).toBeGreaterThan(0);
    const kills = [1, 2, 3, 4, 5, 6, 7].map((part) => 2 + Math.floor(((appends - 8) * part) / 7));
    expect(new Set(kills).size).toBe(7);
    for (const append of kills) {
      const { ended: found } = await lived(scene, append);
      expect({ append, ...found }).toEqual({ append, ...ended });
    }
  });
});
