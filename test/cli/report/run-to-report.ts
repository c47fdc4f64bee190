import { hashContent } from '../../../src/utils/hash-content.ts';
import type { EventData, EventType } from '../../../src/events/run-stream-events.ts';
import type { Workspace } from '../../../src/operations/workspace.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { MemoryEventStore } from '../../support/memory-store/memory-event-store.ts';
import { added, runEvent, started, writeRun } from '../../support/run-events.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

export const begin = 1_700_000_000_000;

/** Writes events of one run, a second after each other. */
export class RunWriter {
  readonly run: string;
  readonly events: NewEvent[] = [];
  readonly contents: string[] = [];
  #time = begin;

  constructor(run = 'r') {
    this.run = run;
  }

  add<Type extends EventType>(type: Type, data: EventData<Type>): this {
    this.#time += 1_000;
    this.events.push(runEvent(this.run, type, data, this.#time));
    return this;
  }

  begin(changes: Partial<EventData<'run.started'>> = {}): this {
    const event = started(this.run, '# Shop\n\nBuild it.', this.#time);
    this.events.push({ ...event, data: { ...event.data, ...changes } } as NewEvent);
    return this;
  }

  /** A step of an agent that joins the run. */
  task(task: string, number: number, changes: Partial<EventData<'task.added'>> = {}): this {
    const event = added(this.run, task, number);
    this.events.push({ ...event, time: this.#time, data: { ...event.data, ...changes } } as NewEvent);
    return this;
  }

  /** A step that asks once; `files`: those whose contents stand in the reply. */
  replies(task: string, text: string, files: Record<string, string> = {}): this {
    const activity = `${task}/1`;
    this.add('task.started', { task, attempt: 1, agent: 'dev_001' });
    this.add('activity.started', { activity, task, kind: 'reply', message: 'Do it.', turns: [], epoch: 0 });
    this.add('call.started', { activity, call: 1, continues: 0 });
    const usage = {
      promptTokens: 300,
      readTokens: 200,
      cachedTokens: 100,
      replyTokens: 50,
      promptMilliseconds: 100,
      replyMilliseconds: 1_000,
    };
    this.add('call.ended', { activity, call: 1, finishReason: 'stop', usage });
    this.add('activity.completed', { activity, kind: 'reply', text, reasoning: '', finishReason: 'stop', usage });
    for (const [path, content] of Object.entries(files)) this.file(task, path, content, text.indexOf(content));
    return this.add('task.completed', { task, turn: turnOf(text) });
  }

  file(task: string, path: string, content: string, from = 0, replaced?: string): this {
    this.contents.push(content);
    const [bytes, range] = [Buffer.byteLength(content), [from, from + content.length] as [number, number]];
    const outcome = replaced === undefined ? 'created' : 'updated';
    return this.add('artifact.written', { task, path, bytes, sha256: hashOf(content), outcome, replaced, format: 'info_path', range });
  }

  /** The workspace with this run in its journal. */
  async workspace(store = new MemoryEventStore(), folder = temporaryFolder()): Promise<Workspace> {
    await writeRun(store, this.run, this.events);
    for (const content of this.contents) await store.putContent(Buffer.from(content), { stream: `run:${this.run}` });
    return { store, workspace: folder };
  }
}

/** What a step adds to the conversation. */
function turnOf(text: string): NonNullable<EventData<'task.completed'>['turn']> {
  return (['user', 'assistant'] as const).map((role) => ({ role, content: [{ type: 'text', text }] }));
}

export function hashOf(content: string): string {
  return hashContent(Buffer.from(content));
}

/** A run in which everything happens that a report tells of; every text of models, servers, files and people is `text`. */
export function fullRun(text: string, run = 'r'): RunWriter {
  const writer = new RunWriter(run).begin({
    input: { requirement: text, files: [] },
    definition: { name: 'bug_fix', title: text, description: text, steps: [] },
    model: { name: text, address: text, engine: 'server' },
    inherits: { run: text, how: 'refine', tasks: [] },
  });
  const error = { code: 'model.failed', message: text, hint: text };
  const verification = { recipe: 'command', filesHash: 'h', kind: 'tests' as const, verdict: 'failed' as const, why: text };
  const check = { command: text, outcome: 'failed' as const, exitCode: 1, durationMilliseconds: 5, output: text };
  writer.task('build', 1, { description: text, role: text });
  writer.replies('build', `${text}\n\n\`\`\`python src/a.py\nold()\n\`\`\`\n`, { 'src/a.py': 'old()\n' });
  writer.add('artifact.checked', {
    task: 'build',
    path: 'src/a.py',
    sha256: hashOf('old()\n'),
    language: text,
    findings: [{ line: 1, column: 1, message: text }],
    found: 1,
  });
  writer.add('artifact.refused', { task: 'build', name: text, reason: text, sha256: 'x', range: [0, 1] });
  writer.add('activity.started', { activity: 'build/2', task: 'build', kind: 'command', command: text, timeoutMilliseconds: 5 });
  writer.add('activity.completed', { activity: 'build/2', kind: 'command', ...check, verification });
  writer.add('message.sent', { from: text, to: null, messageType: text, content: { said: text } });
  writer.task('repair', 2, { kind: 'repair', parent: 'build', description: text, dependencies: ['build'] });
  writer.replies('repair', text);
  writer.file('repair', 'src/a.py', `${text}\n`, 0, hashOf('old()\n'));
  writer.file('repair', text, text);
  writer.task('approve', 3, { kind: 'approval', role: '', dependencies: ['repair'] });
  writer.add('task.started', { task: 'approve', attempt: 1, agent: 'x' });
  writer.add('task.asked', {
    task: 'approve',
    round: 1,
    wants: 'approval',
    ask: text,
    shown: [],
    diff: `@@ -1 +1 @@\n-${text}\n+${text}\n`,
    leftOut: 0,
    against: 'project',
  });
  const asked = writer.events.length;
  writer.add('task.waiting', { task: 'approve', reason: 'approval', signal: text });
  writer.add('task.decided', { task: 'approve', decision: 'approved', by: text, comment: text, asked, shown: [] });
  writer.add('task.completed', { task: 'approve' });
  writer.task('look', 4, { dependencies: ['build'] });
  writer.add('task.started', { task: 'look', attempt: 1, agent: 'x' });
  writer.contents.push(text);
  writer.add('activity.started', { activity: 'look/1', task: 'look', kind: 'tool', tool: text, arguments: { path: text }, filesHash: 'h' });
  writer.add('activity.completed', {
    activity: 'look/1',
    kind: 'tool',
    tool: text,
    arguments: { path: text },
    failed: false,
    durationMilliseconds: 3,
    told: hashOf(text),
  });
  writer.add('person.said', { text, by: text });
  writer.add('run.held', { by: text });
  writer.add('task.edited', { task: 'build', by: text, path: 'src/a.py', turn: turnOf(text), text });
  writer.add('request.sent', { host: text, where: 'elsewhere', bytes: 10 });
  writer.add('model.fell_back', { from: text, to: text, why: text, at: 'step' });
  writer.add('task.failed', { task: 'look', error });
  return writer.add('run.finished', { status: 'failed', durationMilliseconds: 1, error });
}

/** A run of very many steps, with as much text as such a run has. */
export function longRun(steps: number): RunWriter {
  const writer = new RunWriter().begin();
  for (let number = 1; number <= steps; number += 1) {
    const [task, path] = [`build_part_${number}`, `src/part_${number}.py`];
    const content = `def part_${number}(value):\n${'    value = value * 2 + 1  # <again>\n'.repeat(40)}    return value\n`;
    const dependencies = number === 1 ? [] : [`build_part_${number - 1}`];
    writer.task(task, number, { dependencies, description: `Write part ${number} of the program, which the others need.` });
    writer.replies(task, `Here is part **${number}**:\n\n\`\`\`python ${path}\n${content}\`\`\`\n`, { [path]: content });
  }
  return writer.add('run.finished', { status: 'completed', durationMilliseconds: 1 });
}
