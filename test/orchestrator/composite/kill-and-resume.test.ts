import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { AgentOrchestrator } from '../../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../../src/orchestrator/workflow-engine.ts';
import type { FakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { mortalStore } from '../../support/memory-store/mortal-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { told, tellStep } from '../step-kinds/tell-step.ts';
import { definitionOf } from '../step-kinds/team-with-steps.ts';

const run = '20260101-000000-aaaa';
const review = { id: 'review', kind: 'check', description: 'Review it.', role: 'qa_engineer', criteria: ['It rings twice.'] };
const build = { id: 'build', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' };

const scenes: Record<string, object[]> = {
  'a check in a loop': [
    build,
    {
      id: 'rounds',
      kind: 'loop',
      description: 'Review it.',
      until: "steps.review.verdict == 'approved'",
      steps: [review, { ...build, id: 'rework', depends_on: ['review'], when: "steps.review.verdict != 'approved'" }],
      depends_on: ['build'],
    },
  ],
  'data, cases and lists within each other': [
    {
      id: 'parts',
      role: 'business_analyst',
      task_type: 'part_list',
      description: 'List the parts.',
      expects: { json: { type: 'array', items: { type: 'string' } } },
    },
    {
      id: 'each',
      kind: 'for_each',
      description: 'Each part.',
      in: 'steps.parts.json',
      parallel: 2,
      depends_on: ['parts'],
      steps: [
        {
          id: 'choice',
          kind: 'switch',
          description: 'By its name.',
          cases: [{ when: "item == 'wheel'", steps: [told('turn')] }],
          default: [{ id: 'again', kind: 'loop', description: 'Twice.', until: 'iteration == 2', steps: [told('look')] }],
        },
      ],
    },
  ],
  'a plan': [
    {
      id: 'plan',
      kind: 'plan',
      description: 'Plan it.',
      role: 'business_analyst',
      allow: { roles: ['developer'], task_types: ['implementation'], kinds: ['agent', 'check'] },
    },
  ],
};

const planned = [
  { kind: 'agent', id: 'make', role: 'developer', task_type: 'implementation', description: 'Make it.', depends_on: [], expects: 'files' },
  { kind: 'check', id: 'judge', role: 'developer', description: 'Judge it.', depends_on: ['make'], criteria: ['It rings.'] },
];

/** Replies that follow from what was asked alone, so that the same is said in whichever process. */
async function server(): Promise<FakeLlamaServer> {
  const started = await startFakeLlamaServer({
    reply: ({ taskType, messages }) => {
      const said = messages.map(({ content }) => content).join('\n');
      if (taskType === 'part_list') return '["wheel", "door", "roof"]';
      if (taskType === 'plan') return JSON.stringify({ steps: planned });
      const isReworked = said.includes('rings = 2') || !said.includes('It rings twice.');
      if (taskType === 'check' && isReworked) return '{"verdict": "approved", "findings": []}';
      if (taskType === 'check')
        return '{"verdict": "needs_work", "findings": [{"file": "bells.py", "line": 1, "severity": "major", "text": "It rings once."}]}';
      return `\`\`\`python:bells.py\nrings = ${said.includes('It rings once.') ? 2 : 1}\n\`\`\`\n`;
    },
  });
  onTestFinished(() => started.close());
  return started;
}

/** A whole run, which dies at an append; another process then goes on with it. */
async function lived(steps: object[], append = Infinity) {
  const workspace = temporaryFolder();
  const model = await server();
  const journal = new MemoryEventStore();
  const config = {
    workspace,
    output_directory: join(workspace, 'output'),
    llm_base_url: model.address,
    max_concurrent_agents: 1,
    verify: 'off' as const,
  };
  const work = async (how: 'begin' | 'resume', dies: number) => {
    const { store, count } = mortalStore(journal, dies);
    const orchestrator = new AgentOrchestrator({ workspace, store, clock: instantClock(), config });
    orchestrator.registerStepKind(tellStep);
    const engine = new WorkflowEngine(orchestrator);
    engine.registerWorkflow(definitionOf('house', steps as never));
    try {
      if (how === 'begin') await orchestrator.executeWorkflow(engine.createWorkflow('house', 'Ring.'), { run });
      else await orchestrator.resumeRun(run);
      return { appends: count(), state: await orchestrator.loadRun(run) };
    } catch (error) {
      if (dies === Infinity) throw error;
      return undefined;
    } finally {
      await orchestrator.close();
    }
  };
  const whole = (await work('begin', append)) ?? (await work('resume', Infinity))!;
  const replies: string[] = [];
  for await (const event of journal.read(`run:${run}`)) if (event.type === 'activity.completed') replies.push(event.data.activity);
  return {
    appends: whole.appends,
    status: whole.state.status,
    // Which of two items is the first to go on is nobody's business.
    tasks: [...whole.state.tasks.values()]
      .map(({ task, status, outputs, because }) => [task, status, outputs, because] as const)
      .toSorted(([a], [b]) => a.localeCompare(b)),
    replies,
    requests: model.requests.length,
  };
}

it.each(Object.entries(scenes))(
  '%s, killed at any append and resumed, ends as if nothing had happened, and does no inner step twice',
  async (_, steps) => {
    const { appends, requests, ...expected } = await lived(steps);
    expect(expected.status).toBe('completed');
    expect(requests).toBe(expected.replies.length);
    expect(appends).toBeGreaterThan(15);
    for (let append = 2; append < appends; append += 1) {
      const { appends: _appends, requests: asked, ...found } = await lived(steps, append);
      expect({ append, ...found }).toEqual({ append, ...expected });
      // Only the reply that was cut off is asked for again.
      expect(asked, `killed at ${append}`).toBeLessThanOrEqual(requests + 1);
    }
  },
);
