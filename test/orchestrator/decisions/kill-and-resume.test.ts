import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { decideRun } from '../../../src/operations/decide-run.ts';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import type { PersonDecision } from '../../../src/orchestrator/decisions/judge-decision.ts';
import { openQuestions } from '../../../src/orchestrator/decisions/open-questions.ts';
import { WorkflowEngine } from '../../../src/orchestrator/workflow-engine.ts';
import type { WorkflowDefinitionInput } from '../../../src/workflows/workflow-schema.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { mortalStore } from '../../support/memory-store/mortal-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';
import { program, releaseSteps } from '../step-kinds/people.ts';

const run = '20260101-000000-aaaa';
const question = { id: 'release', kind: 'question', description: 'Which?', ask: 'Which colour?', timeout: '3d' };
const after = releaseSteps()[2]!;

/** What people decide each time that the run rests. */
const scenes: Record<string, { steps: WorkflowDefinitionInput['steps']; decisions: PersonDecision[] }> = {
  'an approval with a rework': {
    steps: releaseSteps({ timeout: '3d' }),
    decisions: [
      { decision: 'rejected', comment: 'Greet in French.' },
      { decision: 'approved', comment: 'Good.', edits: [{ path: 'greet.py', content: 'print("mine")\n' }] },
    ],
  },
  'a question': { steps: [question, after], decisions: [{ decision: 'answered', answer: 'Blue' }] },
};

interface Ended {
  status: string;
  /** Each task with how it ended, how often it was asked, and what it has put out. */
  tasks: unknown[];
  file: string | undefined;
  replies: string[];
  /** How often each process appended. */
  appends: number[];
}

/** A whole run, of which the process of this number dies at an append; another one then goes on. */
async function lived({ steps, decisions }: (typeof scenes)[string], kill?: { process: number; append: number }): Promise<Ended> {
  const workspace = temporaryFolder();
  let versions = 0;
  const server = await startFakeLlamaServer({
    reply: ({ body }) => {
      const message = (body['messages'] as { content: string }[]).at(-1)?.content ?? '';
      return message.includes(': requirements_analysis')
        ? '# Analysis\n\nIt greets.\n\nIn words.\n'
        : program(`version ${(versions += 1)}`);
    },
  });
  onTestFinished(() => server.close());
  const journal = new MemoryEventStore();
  const appends: number[] = [];
  const work = async (how: 'begin' | 'resume', append = Infinity) => {
    const { store, count } = mortalStore(journal, append);
    const clock = instantClock();
    const orchestrator = new AgentOrchestrator({
      workspace,
      store,
      clock: { now: () => clock.now(), sleep: (duration, signal) => clock.sleep(duration > 60_000 ? 2 ** 31 : duration, signal) },
      config: {
        workspace,
        output_directory: join(workspace, 'output'),
        llm_base_url: server.address,
        max_concurrent_agents: 1,
        verify: 'off',
      },
    });
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow(definitionOf('house', steps));
    try {
      if (how === 'begin') await orchestrator.executeWorkflow(engine.createWorkflow('house', 'Build it.'), { run, whileWaiting: 'rest' });
      else await orchestrator.resumeRun(run, { whileWaiting: 'rest' });
    } catch (error) {
      if (append === Infinity) throw error;
    } finally {
      appends.push(count());
      await orchestrator.close();
    }
  };
  const orchestrator = new AgentOrchestrator({
    workspace,
    store: journal,
    config: { workspace, output_directory: join(workspace, 'output') },
  });
  onTestFinished(() => orchestrator.close());
  const step = async (how: 'begin' | 'resume', process: number) => {
    if (kill?.process !== process) return work(how);
    await work(how, kill.append);
    await work('resume');
  };
  await step('begin', 0);
  for (const [index, decision] of decisions.entries()) {
    expect(openQuestions(await orchestrator.loadRun(run))).toHaveLength(1);
    await decideRun(orchestrator, run, decision);
    await step('resume', index + 1);
  }
  const state = await orchestrator.loadRun(run);
  const replies: string[] = [];
  for await (const event of journal.read(`run:${run}`)) if (event.type === 'activity.completed') replies.push(event.data.activity);
  const standing = state.artifacts.some(({ path }) => path === 'greet.py');
  return {
    status: state.status,
    tasks: [...state.tasks.values()].map(({ task, status, question: asked, decisions: made, outputs }) => [
      task,
      status,
      asked?.round,
      made?.map(({ decision, comment }) => [decision, comment]),
      outputs,
    ]),
    file: standing ? readFileSync(join(workspace, 'output', 'generated', run, 'greet.py'), 'utf8') : undefined,
    replies,
    appends,
  };
}

describe.each(Object.entries(scenes))('%s, killed at any append and resumed', (_, scene) => {
  it('ends as if nothing had happened: everybody is asked once, and no reply is asked for twice', async () => {
    const { appends, ...expected } = await lived(scene);
    expect(expected.status).toBe('completed');
    expect(new Set(expected.replies).size).toBe(expected.replies.length);
    const kills = appends.flatMap((count, process) =>
      Array.from({ length: count - (process === 0 ? 1 : 0) }, (_each, at) => ({ process, append: at + (process === 0 ? 2 : 1) })),
    );
    expect(kills.length).toBeGreaterThan(10);
    for (const kill of kills) {
      const { appends: _appends, ...found } = await lived(scene, kill);
      expect({ kill, ...found }).toEqual({ kill, ...expected });
    }
  });
});
