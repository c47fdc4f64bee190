import type { EventData } from '../../events/run-stream-events.ts';
import type { ErrorRecord } from '../../state/run/run-records.ts';
import { shortModelName } from '../../llm/server/model-key.ts';
import { shorten } from '../../utils/printable.ts';
import { isOfNewerProgram, type UnknownEvent } from '../../events/unknown-event.ts';

/** Which model a run uses, where, and its context. */
export function modelSentence(model: EventData<'run.started'>['model']): string {
  const context = model.contextTokens === undefined ? '' : `, ${model.contextTokens} tokens of context`;
  return `Model ${shortModelName(model.name)} on ${modelPlace(model)}${context}`;
}

/** Where a run's model is, as part of a sentence. */
export function modelPlace({ engine, address, servers = [] }: EventData<'run.started'>['model']): string {
  if (engine === 'embedded') return 'the embedded engine';
  return servers.length > 1 ? `${servers.length} servers (${servers.map((server) => server.address).join(', ')})` : address;
}

/** How much of the prompt has been read. */
export function readingText({ processed, total, cached = 0 }: { processed: number; total: number; cached?: number | undefined }): string {
  const percent = total === 0 ? 100 : Math.floor((processed / total) * 100);
  return `reading the prompt, ${percent} % of ${total} tokens${cached === 0 ? '' : `, ${cached} from the cache`}`;
}

/** A number of tokens, and their speed if it is known. */
export function tokensText(tokens: number, milliseconds: number | undefined): string {
  const speed = milliseconds === undefined || milliseconds <= 0 ? '' : `, ${((tokens / milliseconds) * 1000).toFixed(1)} tokens/s`;
  return `${tokens} tokens${speed}`;
}

/** What a task waits for, without the time. */
export function waitingSentence({ reason, signal, tasks, error }: Omit<EventData<'task.waiting'>, 'task'>): string {
  if (error !== undefined) return error.message;
  if (signal !== undefined) return `waits for the signal "${signal}"`;
  if (tasks?.length === 1 && isRepair(tasks[0]!)) return 'waits while what fails is repaired';
  if (tasks !== undefined) return `waits for its ${tasks.length === 1 ? 'step' : `${tasks.length} steps`}`;
  if (reason === 'approval') return 'waits for somebody to approve it';
  if (reason === 'answer') return 'waits for an answer';
  return reason === 'time' ? 'waits' : reason;
}

/** What became of a call that brought no reply. */
export function callTrouble(call: number, { code, message }: Pick<ErrorRecord, 'code' | 'message'>): string {
  return `call ${call} ${code.startsWith('budget.') ? 'is not made' : 'failed'}: ${message}`;
}

/** Whether a task waits for a person to decide. */
export function isForPerson({ reason }: Pick<EventData<'task.waiting'>, 'reason'>): boolean {
  return reason === 'approval' || reason === 'answer';
}

/** Whether a task repairs what another one has written, by its name. */
function isRepair(task: string): boolean {
  return /\/repair\/\d{1,9}$/.test(task);
}

/** That a task has written a file that another one had written, otherwise. The names are not made safe to show. */
export function collisionSentence({ task, path, earlier }: Pick<EventData<'artifact.collided'>, 'task' | 'path' | 'earlier'>): string {
  if (isRepair(task)) return `repaired ${path}; the version of ${earlier.task} before it is kept`;
  if (isRepair(earlier.task)) return `wrote ${path} anew; the version of ${earlier.task} before it is kept`;
  return `${path} was already written differently by ${earlier.task}; both versions are kept`;
}

const most = 3;

/** What the syntax check found in a file, one line each, at most the first few. Not yet safe to print. */
export function findingLines({ path, language, findings, found }: EventData<'artifact.checked'>): string[] {
  const shown = findings.slice(0, most);
  const lines = shown.map(({ line, column, message }) => `${path}:${line}:${column} does not parse as ${language}: ${message}`);
  return found > shown.length ? [...lines, `${path}: ${found - shown.length} more like this`] : lines;
}

/** The sentence for an event that this program does not know. */
export function unknownEventSentence({ data: { type }, version }: Pick<UnknownEvent, 'data' | 'version'>): string {
  const whose = isOfNewerProgram(type) ? 'a newer multiagent' : 'another program';
  return `(an event of ${whose}, "${type}" in version ${version})`;
}

/** That a call waits for its turn. */
export function limitSentence({ provider, milliseconds }: Pick<EventData<'limit.waited'>, 'provider' | 'milliseconds'>): string {
  return `waits for what ${provider} allows in each minute, about ${Math.max(1, Math.round(milliseconds / 1000))} s more`;
}

/** That a call waits for others, because of the budget. */
export const budgetSentence = 'waits for other steps, because what they have set aside leaves too little of the budget';

/** That a task rests, because of the budget. */
export const budgetRest = 'rests until the run is resumed with a larger budget; what has arrived is kept';

/** What a team elsewhere is at. Its words are not made safe to show. */
export function remoteSentence({ stage, agent, message, step }: Omit<EventData<'remote.progress'>, 'activity'>): string {
  const who = [stage === undefined ? '' : `[${stage}]`, agent === undefined ? '' : `${agent}:`].filter((word) => word !== '').join(' ');
  const far = step === undefined ? '' : ` (${step.now} of ${step.of})`;
  return `${who === '' ? '' : `${who} `}${message}${far}`;
}

/** What a person has told the team. */
export function saidSentence({ by, text }: EventData<'person.said'>): string {
  return `${by} to the team: ${shorten(text.replaceAll(/\s+/g, ' '), mostOfSaid)}`;
}

/** That a run is to pause. */
export function heldSentence({ by }: EventData<'run.held'>): string {
  return `Paused by ${by}: steps under way are done to their end, and no other begins`;
}

const mostOfSaid = 200;
