import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from './task-session.ts';
import type { Task } from './task.ts';
import type { Assignment } from './plans/assignment.ts';
import type { RunMaterial } from './plans/run-material.ts';

/** `completed` and `error`: how the last task ended. `idle`: it has done none, or the last one was stopped. */
export type AgentState = 'idle' | 'working' | 'completed' | 'error';

/** What an agent is doing. */
export interface AgentStatus {
  id: string;
  role: string;
  status: AgentState;
  /** Ids of the tasks that it works on; several when branches of a workflow run at once. */
  currentTasks: string[];
  completedTasks: number;
}

/** Who an agent is. */
export interface BaseAgentOptions {
  /** Unique in the team, such as `dev_001`. */
  id: string;
  /** Its name in workflows, in snake_case. */
  role: string;
  /** Its name for people: "QA Engineer". */
  title: string;
}

/** A message from one agent to another, or to all. */
export interface AgentMessage {
  fromAgent: string;
  /** An agent's id; null: everyone but the sender. */
  toAgent: string | null;
  /** For instance `hand_over`. */
  messageType: string;
  content: Record<string, unknown>;
  /** The run that it belongs to. Absent: it was sent outside of a run, or the sender did not name the run. */
  run?: string | undefined;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** What carries messages between agents. */
export type MessageCarrier = (message: AgentMessage) => Promise<void>;

/** How many received messages an agent remembers. */
const mailboxSize = 100;

/**
 * A member of the team. Your own agent has to define only `getSystemPrompt`. It overrides `taskSection` to say more about a task, and `processTask` to do
 * anything other than ask once.
 * @example
 * class HouseDeveloper extends BaseAgent {
 *   override getSystemPrompt(): string {
 *     return 'Write Python that needs no packages.';
 *   }
 * }
 * const agents = [new HouseDeveloper({ id: 'house_dev', role: 'developer', title: 'Developer' })];
 * const team = new AgentOrchestrator({ workspace: folder, agents });
 * console.log(team.getAgentByRole('developer').id); // house_dev
 * await team.close();
 */
export abstract class BaseAgent {
  readonly id: string;
  readonly role: string;
  readonly title: string;
  readonly #current = new Set<string>();
  readonly #mailbox: AgentMessage[] = [];
  #completed = 0;
  #last: 'idle' | 'completed' | 'error' = 'idle';
  #carry: MessageCarrier | undefined;

  constructor({ id, role, title }: BaseAgentOptions) {
    this.id = id;
    this.role = role;
    this.title = title;
  }

  /** Who this agent is and how it works: the role's section of its messages, or the system message in the per-role layout. */
  abstract getSystemPrompt(style?: InstructionStyle): string;

  /** The part of the message that says what to deliver. */
  protected taskSection(task: Task, _style: InstructionStyle): string {
    return `${task.description}\n\n${shapeOf(task)}`;
  }

  /** What to ask for in this task, one bounded thing at a time. Undefined: `processTask` asks for all of it in one message. */
  plan(_task: Task, _material: RunMaterial, _style: InstructionStyle): Assignment[] | undefined {
    return undefined;
  }

  /** The assignments that follow from the choice that a plan asked for. */
  planChosen(_task: Task, _material: RunMaterial, _chosen: readonly string[]): Assignment[] {
    return [];
  }

  /** The message that asks for this task. The role is named here, last in the transcript, so that all roles share what was read before. */
  composeMessage(task: Task, style: InstructionStyle): string {
    const { number, of } = task.step;
    const role = style.layout !== 'per_role' ? [`You act as the ${this.title}.`, this.getSystemPrompt(style)] : [];
    const asked = [this.taskSection(task, style), task.instructions ?? ''];
    // A model that does best with one sentence is told nothing else.
    return [...(style.length === 'plain' ? [] : [`# Step ${number} of ${of}: ${task.taskType}`, ...role]), ...asked]
      .filter((section) => section !== '')
      .join('\n\n');
  }

  /** Does the task and resolves to the reply that later steps see. */
  processTask(task: Task, session: TaskSession): Promise<AgentReply> {
    return this.executeLlmTask(session, this.composeMessage(task, session.style), { schema: task.schema });
  }

  /** One exchange with the model. */
  protected executeLlmTask(session: TaskSession, prompt: string, options?: AskOptions): Promise<AgentReply> {
    return session.ask(prompt, options);
  }

  /** Does the task and keeps the agent's state. Throws what `processTask` throws. */
  runTask(task: Task, session: TaskSession): Promise<AgentReply> {
    return this.track(task, session.signal, () => this.processTask(task, session));
  }

  /** Keeps the agent's state up to date while `work` does a task for it. Throws what `work` throws. */
  async track<Result>(task: Task, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    this.#current.add(task.taskId);
    try {
      const result = await work();
      this.#completed += 1;
      this.#last = 'completed';
      return result;
    } catch (error) {
      this.#last = signal.aborted ? 'idle' : 'error';
      throw error;
    } finally {
      this.#current.delete(task.taskId);
    }
  }

  /** Connects the agent to the team's message bus; the orchestrator does this. */
  connect(carry: MessageCarrier): void {
    this.#carry = carry;
  }

  /** Sends to one agent, or to everyone else (`toAgent: null`). Without a bus nobody receives it. */
  async sendMessage(message: Omit<AgentMessage, 'fromAgent'>): Promise<void> {
    await this.#carry?.({ ...message, fromAgent: this.id });
  }

  /** Called by the bus. Override it to react; call `super` to keep the message among `messages`. */
  receiveMessage(message: AgentMessage): void {
    this.#mailbox.push(message);
    if (this.#mailbox.length > mailboxSize) this.#mailbox.shift();
  }

  /** The latest messages received, oldest first. */
  get messages(): readonly AgentMessage[] {
    return this.#mailbox;
  }

  /** What the agent is doing now. */
  getStatus(): AgentStatus {
    return {
      id: this.id,
      role: this.role,
      status: this.#current.size > 0 ? 'working' : this.#last,
      currentTasks: [...this.#current],
      completedTasks: this.#completed,
    };
  }
}

function shapeOf({ expects, schema }: Task): string {
  if (schema !== undefined) return `Reply with one JSON value and nothing else. It has to fit this JSON Schema: ${JSON.stringify(schema)}`;
  if (expects === 'either') return 'Deliver complete files where files have to change, else one Markdown text.';
  return expects === 'files' ? 'Deliver complete files.' : 'Deliver one Markdown text and no files.';
}
