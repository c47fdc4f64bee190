import type { z } from 'zod';
import type { AgentMessage, BaseAgent } from '../agents/base-agent.ts';
import type { RoleCatalogue } from '../agents/role-catalogue.ts';
import type { Settings } from '../config/settings-schema.ts';
import type { ModelConnection } from '../llm/model-connection.ts';
import type { EventStore } from '../state/store/event-store.ts';
import { foldRun, type RunState } from '../state/run/run-state.ts';
import type { OwnRuns } from '../state/origin/own-runs.ts';
import type { Clock } from '../utils/clock.ts';
import type { WorkflowCatalogue } from '../workflows/workflow-catalogue.ts';
import type { AgentOrchestratorOptions } from './agent-orchestrator-options.ts';
import { beforeRun, type NewRun, routesOf } from './before-run.ts';
import { checkWorkflow } from './check-workflow.ts';
import { connectTeam } from './connect-team.ts';
import { rightsOfSteps } from './call-rights.ts';
import { requireFitTools } from './calling/require-fit-tools.ts';
import { ModelConnections } from './models/model-connections.ts';
import { shareModels } from './models/share-models.ts';
import { modelUsersOf } from './models/model-user.ts';
import type { ExecuteOptions, ExecuteWorkflowOptions, FollowRunOptions } from './execute-options.ts';
import { executeRun } from './run/execute-run.ts';
import { findAgent } from './find-agent.ts';
import { foreseeRun, type ForeseenRun } from './run/foresee-run.ts';
import type { RefineOptions } from './run/follow-up.ts';
import type { MessageBus } from './message-bus.ts';
import { chooseProject } from './run/know-project.ts';
import { firstStep, readAhead, type ReadAhead } from './run/read-ahead.ts';
import { openEarlierRun } from './run/open-earlier-run.ts';
import { resultOfSingleTask, type SingleTask, singleTaskWorkflow } from './single-task-workflow.ts';
import type { WorkflowResult } from './results/run-result.ts';
import type { TaskResult } from './results/task-result.ts';
import { systemStatus, type SystemStatus } from './system-status.ts';
import { workOfUsers } from './routing/foreseen-work.ts';
import { routeRun } from './routing/route-run.ts';
import { sendWake } from './scheduling/waiting-signals.ts';
import { runStream } from '../events/run-stream.ts';
import type { EventListener } from './journal/run-journal.ts';
import { type FollowUpHow, planFollowUp, type PreparedRun } from './run/plan-follow-up.ts';
import type { StepKind } from './step-kind.ts';
import { Team } from './team.ts';
import type { Workflow } from './workflow.ts';
import { Workplace } from './workplace.ts';

/**
 * The team and all that it needs to run workflows. Close it when done; it cannot be used again.
 * @example
 * const team = new AgentOrchestrator({ workspace: folder });
 * console.log(team.agents.length); // 5
 * await team.close();
 */
export class AgentOrchestrator {
  /** Absolute: the project's folder. */
  readonly workspace: string;
  /** With defaults for what was not given. */
  readonly settings: Settings;
  /** The roles there are, on the team or not: the built-in ones, the person's, those of the workspace. */
  readonly roles: RoleCatalogue;
  /** Carries the messages between the agents and lets others listen. */
  readonly bus: MessageBus;
  readonly clock: Clock;
  /** The record of which runs were started here; undefined: none is kept. */
  readonly ownRuns: OwnRuns | undefined;
  readonly #options: AgentOrchestratorOptions;
  readonly #place: Workplace;
  readonly #team: Team;
  readonly #connections: ModelConnections;

  /** @throws MultiagentError `tool.unfit`; whatever is wrong with the settings. */
  constructor(options: AgentOrchestratorOptions = {}) {
    requireFitTools(options.tools ?? []);
    this.#options = options;
    this.#place = new Workplace(options);
    const { folder, settings, roles, clock, ownRuns } = this.#place;
    this.workspace = folder;
    this.settings = settings;
    this.roles = roles;
    this.clock = clock;
    this.ownRuns = ownRuns;
    this.#team = new Team(roles, settings, options.agents ?? []);
    this.bus = this.#team.bus;
    this.#connections = this.#connectionsOf(settings);
  }

  /**
   * Adds your own kind of step and the types of its events. A run with such steps can be continued only where the kind is registered.
   * @throws MultiagentError `step.kind_exists`; TypeError for an event whose name has no prefix.
   */
  registerStepKind<Schema extends z.ZodObject>(kind: StepKind<Schema>): void {
    this.store.events.register(kind.events ?? {});
    this.#place.kinds.register(kind);
  }

  /** Sends a run the signal that a step of it waits for, or will wait for; whoever works on the run, now or later, hands it on. `data`: what JSON can hold. */
  async signalRun(run: string, name: string, data: Record<string, unknown> = {}): Promise<void> {
    await sendWake(this.store, run, name, data);
  }

  /** Receives every event of every run once it is in the journal. */
  get onEvent(): EventListener {
    return this.#place.onEvent;
  }

  /** Absolute: where results are written. */
  get outputFolder(): string {
    return this.#place.outputFolder;
  }

  /** The workflows that can be run by name, also as steps of others; read at the first use. */
  get workflows(): WorkflowCatalogue {
    return this.#place.workflows;
  }

  /** The team: the roles that are enabled, then agents of the caller's own. Specialists are found by their role. */
  get agents(): readonly BaseAgent[] {
    return this.#team.agents;
  }

  /** The agent that plays a role. @throws MultiagentError `agent.unknown`. */
  getAgentByRole(role: string): BaseAgent {
    return findAgent(this.#team.everyone, 'role', role);
  }

  /** @throws MultiagentError `agent.unknown`. */
  getAgentById(id: string): BaseAgent {
    return findAgent(this.#team.everyone, 'id', id);
  }

  /** Says something to every agent but the sender. */
  async broadcastMessage(message: Omit<AgentMessage, 'toAgent' | 'timestamp'>): Promise<void> {
    await this.bus.send({ ...message, toAgent: null, timestamp: this.clock.now() });
  }

  /** What each agent is doing now. */
  getSystemStatus(): SystemStatus {
    return systemStatus(this.#team.agents, this.clock.now());
  }

  /** The server of the default model and what it reports about itself. It is found, or started, at the first call. @throws ModelError where there is none. */
  connect(signal?: AbortSignal): Promise<ModelConnection> {
    return this.#connections.default(signal);
  }

  /**
   * Runs a workflow to its end and writes its results. A run that failed is a result, too.
   * @throws MultiagentError only for what keeps a run from beginning: no model server, a role that nobody plays, a folder that cannot be written.
   */
  async executeWorkflow(
    workflow: Workflow,
    {
      signal = new AbortController().signal,
      whileWaiting = this.#place.whileWaiting,
      person,
      calls = rightsOfSteps,
      ahead,
      run,
      runsAtOnce = 1,
    }: ExecuteWorkflowOptions = {},
  ): Promise<WorkflowResult> {
    this.#check(workflow, this.#team.everyone);
    await using otherTools = this.#place.otherToolsOf(this.settings);
    const { kinds } = this.#place;
    const steps = workflow.definition.steps.flatMap((step) => kinds.withInner(step)).map((step) => kinds.withRole(step));
    await otherTools.require(steps, calls, signal);
    const chosen = await chooseProject({ ...this.#place.reading, settings: this.settings, signal }, workflow);
    const { routes, routed } = await routesOf(this.#newRun(workflow, signal));
    const all = await this.#connections.for(modelUsersOf(workflow.definition, this.#place.nested), routes, {
      signal,
      beginAt: ahead?.server,
    });
    const share = { runs: runsAtOnce, wanted: this.settings.max_concurrent_agents };
    const models = runsAtOnce === 1 ? all : shareModels(all, share);
    return await executeRun({
      environment: this.#place.environmentOf({
        agents: this.#team.everyone,
        bus: this.bus,
        settings: this.settings,
        models,
        routed,
        signal,
        whileWaiting,
        person,
        otherTools,
        calls,
      }),
      workflow,
      chosen,
      ahead,
      run,
    });
  }

  /**
   * Has the model server read the first prompt of a run that is about to begin, for instance while a person is asked: a server on this machine, and only
   * one that tells of its slots. Aborting ends it; what was read by then stays read.
   * @returns what it took, for `executeWorkflow`. @throws as `connect`.
   */
  async readAhead(workflow: Workflow, { signal = new AbortController().signal }: ExecuteOptions = {}): Promise<ReadAhead> {
    const step = firstStep(workflow);
    const before = await beforeRun(this.#newRun(workflow, signal), { steps: step === undefined ? [] : [step] });
    return readAhead({ ...before, input: await before.input(), agentOf: (role) => this.getAgentByRole(role) });
  }

  /**
   * About how long a run of a workflow would take and what it would cost, as far as that is known before. No model is asked.
   * @throws as `connect`.
   */
  async foreseeRun(workflow: Workflow, { signal = new AbortController().signal }: ExecuteOptions = {}): Promise<ForeseenRun> {
    const before = await beforeRun(this.#newRun(workflow, signal), workflow.definition);
    return foreseeRun({ ...before, agentOf: (role) => this.getAgentByRole(role), store: this.#place.earlierRuns });
  }

  /**
   * Continues a run that was cut off, with the settings of its start: finished work is not repeated, and a reply in flight continues from its saved
   * text.
   * @throws MultiagentError `run.not_found`, `run.complete`, before looking for a model server; LeaseHeldError while another process works on it.
   */
  async resumeRun(run: string, options: FollowRunOptions = {}): Promise<WorkflowResult> {
    return (await this.prepareFollowUp(run, { type: 'resume' }, options)).execute();
  }

  /** Does the failed tasks of a run again, or the one that is named, and what depends on them. @throws as `resumeRun`. */
  async retryRun(run: string, { task, ...options }: FollowRunOptions & { task?: string | undefined } = {}): Promise<WorkflowResult> {
    return (await this.prepareFollowUp(run, { type: 'retry', task }, options)).execute();
  }

  /** A new run of the same workflow that takes over what does not rest on the task `from`. */
  async rerunFrom(run: string, { from, ...options }: FollowRunOptions & { from: string }): Promise<WorkflowResult> {
    return (await this.prepareFollowUp(run, { type: 'rerun', from }, options)).execute();
  }

  /** A new run that makes a change on top of a finished one; it inherits that run's turns, so that the model reads only the change. */
  async refineRun(run: string, { request, role, followedBy, ...options }: FollowRunOptions & RefineOptions): Promise<WorkflowResult> {
    return (await this.prepareFollowUp(run, { type: 'refine', request, role, followedBy }, options)).execute();
  }

  /**
   * Finds out whether a run can be continued or built on, except for the model server, which is looked for on execution: with the settings that
   * the run began with, and with a connection of its own. The team, its bus and its kinds of steps are this one's.
   * @throws MultiagentError `run.not_found`, `run.foreign`, `run.elsewhere`, `journal.newer_event`, `step.unknown_kind`; as `planFollowUp`.
   */
  async prepareFollowUp(
    run: string,
    how: FollowUpHow,
    {
      signal = new AbortController().signal,
      whileWaiting = this.#place.whileWaiting,
      person,
      calls = rightsOfSteps,
      overrides = {},
      trust = false,
    }: FollowRunOptions = {},
  ): Promise<PreparedRun> {
    const earlier = await openEarlierRun(await this.loadRun(run), { ...this.#place.places, today: this.settings, overrides, trust });
    const { state, settings, folders, given } = earlier;
    const follows = await planFollowUp({
      store: this.store,
      roles: this.roles,
      kinds: this.#place.kinds,
      workflowNamed: this.#place.nested.workflowNamed,
      state,
      folders,
      how,
      overrides: given,
      now: this.clock.now(),
      whileWaiting,
      person,
    });
    if (follows.type === 'nothing') return { id: run, state, execute: () => Promise.resolve(follows.result) };
    const { workflow, users } = follows;
    if (workflow !== undefined) await this.#team.by(settings, async (agents) => this.#check(workflow, agents));
    const execute = async () => {
      const connections = this.#connectionsOf(settings);
      await using otherTools = this.#place.otherToolsOf(settings);
      // The others are done.
      if (how.type === 'turn') await otherTools.require(workflow?.definition.steps.slice(-1) ?? [], calls, signal);
      try {
        const about = { settings, connections, input: workflow ?? state.input, signal };
        const { routes, routed } = await routeRun({
          ...this.#place.routing,
          ...about,
          work: () => workOfUsers(users),
          earlier: state.routed,
        });
        const models = await connections.for(users, routes, { signal });
        return await this.#team.by(settings, (agents) => {
          const part = { settings, agents, bus: this.bus, models, routed, signal, whileWaiting, person, calls, otherTools };
          const environment = this.#place.environmentOf(part);
          return follows.execute({ ...environment, outputFolder: folders.output });
        });
      } finally {
        await connections.close();
      }
    };
    return { id: follows.id, state, execute };
  }

  /** What the journal knows about a run. @throws MultiagentError `run.not_found`. */
  async loadRun(run: string): Promise<RunState> {
    return foldRun(this.store.read(runStream(run)));
  }

  /** The journal of this workspace; opened at the first use. */
  get store(): EventStore {
    return this.#place.store;
  }

  /** Has one agent do one task, as a run of one step. */
  async executeTask(task: SingleTask, agentId: string, options?: ExecuteOptions): Promise<TaskResult> {
    const { role } = this.getAgentById(agentId);
    return resultOfSingleTask(await this.executeWorkflow(singleTaskWorkflow(task, role), options), task);
  }

  /** Ends what was started: the embedded engine, the journal. */
  async close(): Promise<void> {
    await this.#connections.close();
    await this.#place.close();
  }

  #check(workflow: Workflow, agents: readonly BaseAgent[]): void {
    checkWorkflow(workflow, { agents, known: this.roles, kinds: this.#place.kinds });
  }

  #newRun(workflow: Workflow, signal: AbortSignal): NewRun {
    return { place: this.#place, connections: this.#connections, workflow, signal };
  }

  #connectionsOf(settings: Settings): ModelConnections {
    const { clock, logger } = this.#place;
    return new ModelConnections(settings, (of, names, options) => connectTeam(of, names, this.#options, { clock, logger, ...options }));
  }
}
