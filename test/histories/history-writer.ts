/**
 * Records the histories of real runs of this version, for later versions to read: `node test/histories/history-writer.ts`. Each run leaves
 * `<name>.jsonl`, its events, and `<name>.json`, what they mean; `prompts.json` holds digests of what was sent. Done once for each version that is published; what is recorded is never changed.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import type { WorkflowDefinitionInput } from '../../src/workflows/workflow-schema.ts';
import { applyEvent, type RunState } from '../../src/state/run/run-state.ts';
import { productVersion } from '../../src/utils/product-version.ts';
import type { FakeLlamaServerOptions } from '../support/fake-llama-server/options.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../support/instant-clock.ts';
import { replyAsTeam } from '../support/team-replies.ts';
import { promptsOfRun } from './prompts-of-run.ts';
import { summarizeRun } from './summarize-run.ts';

interface Scenario {
  name: string;
  workflow: string;
  settings?: SettingsInput;
  /** Absent: the embedded engine. */
  server?: FakeLlamaServerOptions;
  /** When to stop it by interrupting it, or by sending it the signal `cancel`. */
  stopAt?: { by: 'interruption' | 'signal'; event: (event: JournalEvent) => boolean };
  /** What is done with the run once it has ended. */
  afterwards?: (orchestrator: AgentOrchestrator, run: string) => Promise<unknown>;
}

const replies = replyAsTeam();
const longReplies = replyAsTeam({ tokens: 1500 });

const scenarios: Scenario[] = [
  { name: 'completed', workflow: 'feature_development', settings: { engine: 'embedded' } },
  { name: 'completed-in-branches', workflow: 'feature_development', server: { slots: 2 }, settings: { max_concurrent_agents: 2 } },
  {
    name: 'failed-with-skips',
    workflow: 'feature_development',
    server: { reply: (request) => (request.taskType === 'testing' ? { text: '' } : replies(request)) },
  },
  {
    name: 'cancelled',
    workflow: 'analysis',
    server: {},
    stopAt: { by: 'signal', event: ({ type }) => type === 'reply.delta' },
  },
  {
    name: 'interrupted-and-resumed',
    workflow: 'analysis',
    server: {},
    stopAt: { by: 'interruption', event: ({ type, sequence }) => type === 'reply.delta' && sequence > 40 },
    afterwards: (orchestrator, run) => orchestrator.resumeRun(run),
  },
  {
    name: 'retry-and-cut',
    workflow: 'feature_development',
    settings: { llm_max_retries: 0, task_retry_attempts: 2 },
    server: {
      contextTokens: 8192,
      reply: (request) => ((request.step ?? 1) <= 3 ? longReplies(request) : replies(request)),
      faults: [
        { when: 0, fault: { kind: 'status', status: 503 } },
        { when: 3, fault: { kind: 'break', afterChunks: 20 } },
      ],
    },
  },
  {
    name: 'corrective-turn',
    workflow: 'bug_fix',
    server: {
      reply: (request) => {
        const messages = request.body['messages'] as { content: string }[];
        const isCorrection = messages.at(-1)?.content.includes('contained no file') ?? false;
        if (isCorrection) return 'Here it is.\n\n```python:src/a.py\nx = 1\n```\n';
        return request.taskType === 'bug_fix' ? 'I would change one line.' : replies(request);
      },
    },
  },
  {
    name: 'steps-that-act-and-wait',
    workflow: 'with_a_look',
    server: {},
    settings: { sandbox: 'off' },
    stopAt: { by: 'interruption', event: ({ type, data }) => type === 'task.waiting' && data.signal === 'looked' },
    afterwards: async (orchestrator, run) => {
      await orchestrator.signalRun(run, 'looked', { by: 'Ann' });
      await orchestrator.resumeRun(run);
    },
  },
  {
    name: 'let-go-while-it-waits',
    workflow: 'one_look',
    server: {},
    afterwards: async (orchestrator, run) => {
      await orchestrator.signalRun(run, 'looked', { by: 'Ann' });
      await orchestrator.resumeRun(run);
    },
  },
];

/** Registered for every run. */
const ownWorkflows: WorkflowDefinitionInput[] = [
  {
    name: 'one_look',
    title: 'One look',
    description: 'Waits for somebody.',
    steps: [
      { id: 'pause', kind: 'wait', description: 'Take a breath.', seconds: 2 },
      { id: 'look', kind: 'wait', description: 'Somebody looks at {{ inputs.what }}.', signal: 'looked', depends_on: ['pause'] },
    ],
  },
  {
    name: 'with_a_look',
    title: 'With a look',
    description: 'Something is built, tried, and looked at.',
    steps: [
      { id: 'build', role: 'developer', task_type: 'implementation', description: 'Build it.', expects: 'files' },
      { id: 'try', kind: 'command', description: 'Look whether it is there.', command: 'ls | wc -l', depends_on: ['build'] },
      {
        id: 'approve',
        kind: 'workflow',
        description: 'Have it looked at.',
        workflow: 'one_look',
        inputs: { what: 'the files' },
        depends_on: ['try'],
      },
    ],
  },
];

/** Records and files name folders and hosts; those of whoever records are nobody's business. */
const placeholders = { folder: '/home/someone/project', host: 'workstation', pid: 4711 };

const folder = join(import.meta.dirname, productVersion());
mkdirSync(folder, { recursive: true });
const recordedPrompts = join(import.meta.dirname, 'prompts.json');
for (const scenario of scenarios) {
  if (existsSync(join(folder, `${scenario.name}.jsonl`))) continue;
  const events = await play(scenario);
  let state: RunState | undefined;
  for (const event of events) state = applyEvent(state, event);
  if (state === undefined) throw new Error(`${scenario.name}: no events`);
  writeFileSync(join(folder, `${scenario.name}.jsonl`), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  writeFileSync(join(folder, `${scenario.name}.json`), `${JSON.stringify(summarizeRun(state), undefined, 2)}\n`);
  const prompts = JSON.parse(readFileSync(recordedPrompts, 'utf8')) as Record<string, unknown>;
  prompts[`${productVersion()}/${scenario.name}.jsonl`] = promptsOfRun(state);
  writeFileSync(recordedPrompts, `${JSON.stringify(prompts, undefined, 2)}\n`);
  process.stdout.write(`${scenario.name}: ${state.status}, ${events.length} events\n`);
}

async function play({ workflow, settings, server: options, stopAt, afterwards }: Scenario): Promise<JournalEvent[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'history-'));
  const server = options === undefined ? undefined : await startFakeLlamaServer({ reply: replies, ...options });
  const stop = new AbortController();
  const events: JournalEvent[] = [];
  const orchestrator = new AgentOrchestrator({
    workspace,
    ...(server === undefined ? {} : { clock: instantClock() }),
    onEvent: (event) => {
      events.push(event);
      if (stopAt?.event(event) !== true) return;
      if (stopAt.by === 'interruption') stop.abort(new Error('enough'));
      else void orchestrator.store.sendSignal({ stream: event.stream, type: 'cancel', from: 'person' });
    },
    config: {
      workspace,
      output_directory: join(workspace, 'output'),
      max_concurrent_agents: 1,
      ...(server === undefined ? {} : { llm_base_url: server.address }),
      ...settings,
    },
  });
  try {
    const engine = new WorkflowEngine(orchestrator);
    for (const definition of ownWorkflows) engine.registerWorkflow(definition);
    const { workflow_id } = await engine.executeWorkflow(workflow, 'Build a bookmark manager.', {}, { signal: stop.signal });
    await afterwards?.(orchestrator, workflow_id);
  } finally {
    await orchestrator.close();
    await server?.close();
    rmSync(workspace, { recursive: true });
  }
  const text = JSON.stringify(events.map(withoutOwner)).replaceAll(workspace, placeholders.folder);
  return JSON.parse(text) as JournalEvent[];
}

function withoutOwner(event: JournalEvent): JournalEvent {
  if (event.type !== 'run.resumed') return event;
  const { host, pid } = placeholders;
  return { ...event, data: { ...event.data, owner: { host, pid } } };
}
