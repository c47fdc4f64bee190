import type { AgentReply, AskOptions, InstructionStyle, TaskSession } from './task-session.ts';
import type { Task } from './task.ts';
import type { Assignment } from './plans/assignment.ts';
import type { RunMaterial } from './plans/run-material.ts';

/** `completed` and `error` tell how the last task ended; `idle`: none has been done, or it was stopped. */
export type AgentState = 'idle' | 'working' | 'completed' | 'error';

/** What an agent is doing. */
export interface AgentStatus {
  id: string;
  role: string;
  status: AgentState;
  /** Ids of the tasks it works on; several when branches of a workflow run at once. */
  currentTasks: string[];
  completedTasks: number;
}

/** Who an agent is. */
export interface BaseAgentOptions {
  /** Unique in the team, such as `dev_001`. */
  id: string;
  /** As workflows name it, in snake_case. */
  role: string;
  /** As people say it: "QA Engineer". */
  title: string;
}

/** What one agent says to another, or to all. */
export interface AgentMessage {
  fromAgent: string;
  /** An agent's id; null: everyone but the sender. */
  toAgent: string | null;
  /** For instance `hand_over`. */
  messageType: string;
  content: Record<string, unknown>;
  /** The run that it belongs to; absent: it was said outside of one, or by an agent that does not say in which. */
  run?: string | undefined;
  /** Milliseconds since 1970. */
  timestamp: number;
}

/** What carries messages between agents. */
export type MessageCarrier = (message: AgentMessage) => Promise<void>;

/** How many received messages an agent remembers. */
const mailboxSize = 100;

/**
 * A member of the team. An agent of one's own needs `getSystemPrompt` only; it overrides `taskSection` to say more about a task, and `processTask` to
 * do something else than ask once.
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

  /** What is to be delivered. */
  protected taskSection(task: Task, _style: InstructionStyle): string {
    const shape = task.expects === 'files' ? 'Deliver complete files.' : 'Deliver one Markdown text and no files.';
    return `${task.description}\n\n${shape}`;
  }

  /** What the task asks for, one bounded thing at a time; undefined: one message asks for all of it, and `processTask` does. */
  plan(_task: Task, _material: RunMaterial, _style: InstructionStyle): Assignment[] | undefined {
    return undefined;
  }

  /** What follows from the choice that a plan asked for. */
  planChosen(_task: Task, _material: RunMaterial, _chosen: readonly string[]): Assignment[] {
    return [];
  }

  /** The message that asks for this task. The role stands here, last in the transcript, so that all roles share what was read before. */
  composeMessage(task: Task, style: InstructionStyle): string {
    const { number, of } = task.step;
    const role = style.layout !== 'per_role' ? [`You act as the ${this.title}.`, this.getSystemPrompt(style)] : [];
    // A model that takes one sentence best is told nothing else.
    if (style.length === 'plain') return this.taskSection(task, style);
    return [`# Step ${number} of ${of}: ${task.taskType}`, ...role, this.taskSection(task, style)]
      .filter((section) => section !== '')
      .join('\n\n');
  }

  /** Does the task. The reply that it resolves to is what later steps see. */
  processTask(task: Task, session: TaskSession): Promise<AgentReply> {
    return this.executeLlmTask(session, this.composeMessage(task, session.style));
  }

  /** One exchange with the model. */
  protected executeLlmTask(session: TaskSession, prompt: string, options?: AskOptions): Promise<AgentReply> {
    return session.ask(prompt, options);
  }

  /** Does the task and keeps the agent's state. Throws what `processTask` throws. */
  runTask(task: Task, session: TaskSession): Promise<AgentReply> {
    return this.track(task, session.signal, () => this.processTask(task, session));
  }

  /** Keeps the agent's state while work on a task is done for it. Throws what the work throws. */
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

  /** Sends to one agent, or to everyone else (`toAgent: null`). Without a bus nobody hears it. */
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

  /** What it is doing now. */
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
