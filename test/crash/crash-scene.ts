import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { SettingsInput } from '../../src/config/settings-schema.ts';
import type { JournalEvent } from '../../src/events/run-stream-events.ts';
import type { AgentOrchestratorOptions } from '../../src/orchestrator/agent-orchestrator-options.ts';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import type { PersonDecision } from '../../src/orchestrator/decisions/judge-decision.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { decideRun } from '../../src/operations/decide-run.ts';
import type { WorkflowDefinitionInput } from '../../src/workflows/workflow-schema.ts';
import type { WorkflowResult } from '../../src/orchestrator/results/run-result.ts';
import type { RunState } from '../../src/state/run/run-state.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import type { RequestRecord } from '../support/fake-llama-server/request-record.ts';
import { writeProject } from '../support/store-with-project.ts';
import type { FakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { startFakeLlamaServer } from '../support/fake-llama-server/start-fake-llama-server.ts';
import { countingClock } from './counting-clock.ts';
import { crashReply } from './crash-replies.ts';
import type { Moment } from './moment.ts';

export interface WriterPlan {
  workspace: string;
  config: SettingsInput;
  clockStart: number;
  /** The run to go on with; absent: a new one. */
  resume?: string | undefined;
  moment?: Moment | undefined;
  /** What is registered besides; the first is run. Default: none, and `bug_fix` is run. */
  workflows?: WorkflowDefinitionInput[] | undefined;
  orchestrator?: TeamOptions | undefined;
  /** What the run is to know of the project that is there. */
  project?: Readonly<Record<string, string>> | undefined;
}

/** What the team of each process is given besides. */
type TeamOptions = Pick<AgentOrchestratorOptions, 'cacheFolder' | 'commandEnvironment'>;

interface SceneOptions {
  pace?: number | 'manual';
  settings?: SettingsInput;
  orchestrator?: TeamOptions;
  workflows?: WorkflowDefinitionInput[];
  reply?: (request: RequestRecord) => string;
  /** Files of a project of which the run knows that they are there, and is shown none. */
  project?: Readonly<Record<string, string>>;
}

/** Where strace writes down which of these calls of the system the process makes. */
interface Recording {
  file: string;
  calls: string;
}

export interface Writer {
  process: ChildProcess;
  /** The id of its run; rejects when it ends before it has begun one. */
  begun: Promise<string>;
  /** The lines that it printed, and how it ended. */
  ended: Promise<{ lines: string[]; signal: NodeJS.Signals | null }>;
}

/** What was known of a run at a certain time, and how many requests the server had had. */
export interface Snapshot {
  state: RunState;
  requests: number;
}

const program = join(import.meta.dirname, 'run-writer.ts');

/** A workspace and a fake server, on which one process after another works at the same run. */
export class CrashScene implements AsyncDisposable {
  readonly workspace = mkdtempSync(join(tmpdir(), 'multiagent-crash-'));
  readonly server: FakeLlamaServer;
  readonly #settings: SettingsInput;
  readonly #orchestrator: TeamOptions;
  readonly #workflows: WorkflowDefinitionInput[] | undefined;
  readonly #project: Readonly<Record<string, string>> | undefined;
  readonly #children: ChildProcess[] = [];
  #processes = 0;

  private constructor(server: FakeLlamaServer, { settings = {}, orchestrator = {}, workflows, project }: SceneOptions) {
    this.server = server;
    this.#workflows = workflows;
    this.#settings = settings;
    this.#orchestrator = orchestrator;
    this.#project = project;
    if (project !== undefined) writeProject(this.workspace, project);
  }

  static async open({ pace = 0, reply = crashReply, ...options }: SceneOptions = {}): Promise<CrashScene> {
    return new CrashScene(await startFakeLlamaServer({ reply, pace }), options);
  }

  /** Starts a process that begins a run, or goes on with one. */
  start({ resume, moment, record }: Pick<WriterPlan, 'resume' | 'moment'> & { record?: Recording } = {}): Writer {
    const [config, orchestrator, clockStart] = [this.#config, this.#orchestrator, this.#nextClock()];
    const [workflows, project] = [this.#workflows, this.#project];
    const plan: WriterPlan = { workspace: this.workspace, config, clockStart, resume, moment, orchestrator, workflows, project };
    const { PATH } = process.env;
    const command = [process.execPath, program, JSON.stringify(plan)];
    const recorded = record && ['strace', '-f', '-y', '-x', '-s', '1000000', '-e', `trace=${record.calls}`, '-o', record.file, ...command];
    const [first = '', ...given] = recorded ?? command;
    const child = spawn(first, given, {
      cwd: this.workspace,
      env: { PATH, HOME: this.workspace, NODE_COMPILE_CACHE: join(tmpdir(), 'multiagent-crash-cache') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    let output = '';
    const begun = new Promise<string>((resolve, reject) => {
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const id = /^run:(.*)\n/.exec(output)?.[1];
        if (id !== undefined) resolve(id);
      });
      child.on('close', () => reject(new Error(`the process ended before it had begun: ${output}`)));
    });
    begun.catch(() => undefined);
    const ended = once(child, 'close').then(([, signal]) => ({
      lines: output.trimEnd().split('\n'),
      signal: signal as NodeJS.Signals | null,
    }));
    return { process: child, begun, ended };
  }

  /** Goes on with a run in this process, as any other would. */
  async resume(run: string): Promise<WorkflowResult> {
    return this.#withOrchestrator((orchestrator) => orchestrator.resumeRun(run));
  }

  /** Decides what a run asks a person, as another process would. */
  async decide(run: string, decision: PersonDecision): Promise<void> {
    await this.#withOrchestrator((orchestrator) => decideRun(orchestrator, run, decision));
  }

  /** Sends a run a signal that wakes a step. */
  async signal(run: string, name: string): Promise<void> {
    await this.#withOrchestrator((orchestrator) => orchestrator.signalRun(run, name));
  }

  async snapshot(run: string): Promise<Snapshot> {
    const state = await this.#withOrchestrator((orchestrator) => orchestrator.loadRun(run));
    return { state, requests: this.server.requests.length };
  }

  /** Resolves as soon as a run has an event that passes the test. */
  async waitForEvent(run: string, passes: (event: JournalEvent) => boolean): Promise<void> {
    const store = SqliteEventStore.open({ path: this.journal, pollInterval: 10 });
    try {
      for await (const event of store.subscribe(`run:${run}`, { signal: new AbortController().signal })) if (passes(event)) return;
    } finally {
      await store.close();
    }
  }

  get journal(): string {
    return join(this.workspace, '.multiagent', 'state.db');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) if (child.exitCode === null) child.kill('SIGKILL');
    await this.server.close();
    rmSync(this.workspace, { recursive: true, force: true });
  }

  get #config(): SettingsInput {
    return {
      workspace: this.workspace,
      output_directory: join(this.workspace, 'output'),
      llm_base_url: this.server.address,
      max_concurrent_agents: 1,
      verify: 'off',
      ...this.#settings,
    };
  }

  /** Far enough from one process to the next that no clock goes back. */
  #nextClock(): number {
    this.#processes += 1;
    return Date.UTC(2026, 0, this.#processes);
  }

  async #withOrchestrator<Result>(work: (orchestrator: AgentOrchestrator) => Promise<Result>): Promise<Result> {
    // Leases are judged by the real clock, whatever the run's clock is.
    const store = SqliteEventStore.open({ path: this.journal });
    const clock = countingClock(this.#nextClock());
    const orchestrator = new AgentOrchestrator({ workspace: this.workspace, config: this.#config, clock, store, ...this.#orchestrator });
    const engine = new WorkflowEngine(orchestrator);
    for (const definition of this.#workflows ?? []) engine.registerWorkflow(definition);
    try {
      return await work(orchestrator);
    } finally {
      await orchestrator.close();
      await store.close();
    }
  }
}
