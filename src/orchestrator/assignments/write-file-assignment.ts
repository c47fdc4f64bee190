import { isDeepStrictEqual } from 'node:util';
import { isQuestion } from '../../agents/is-question.ts';
import type { Assignment } from '../../agents/plans/assignment.ts';
import type { RunMaterial } from '../../agents/plans/run-material.ts';
import { estimateTokens } from '../../llm/budget/estimate-tokens.ts';
import { replyOf } from '../../state/run/activities-of.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { isProgram } from '../trials/example-trials.ts';
import { isMarkdownPath } from '../../files/names/languages.ts';
import { keepFile } from '../conversation/keep-file.ts';
import { affordsAnotherTry } from './affords-another-try.ts';
import type { AssignmentOptions } from './assignment-options.ts';
import { shortcoming } from '../judging/file/file-to-check.ts';
import { followSteps } from '../../agents/loop/follow-steps.ts';
import type { Tried } from '../../agents/loop/next-step.ts';
import { oneFile } from '../../agents/loop/turn-bounds.ts';
import type { Candidate } from './candidate.ts';
import { readCandidate, type ReadCandidateOptions } from './read-candidate.ts';
import { beginningOf, endsFile } from './reply-beginning.ts';
import { plannedLength } from './planned-length.ts';
import { showFirst, type ShownFirst } from './show-first.ts';
import { seedFor } from './seed-for.ts';
import { shownForAssignment } from './shown-for-assignment.ts';

type FileAssignment = Extract<Assignment, { kind: 'file' }>;

export interface FileSurroundings {
  material: RunMaterial;
  /** Files that this step writes after this one: what is imported from them is not missing. */
  due: readonly string[];
}

/** A try that repeats itself once more after it was cut back is given up: another seed serves better. */
const mostCuts = 1;
/** A new try is to be another one. */
const warmer = 0.3;
const warmest = 1;
/** From here on another seed is enough. */
const warmEnough = 0.5;

/**
 * Asks for one file until nothing is found wrong with it, as often as the model's profile allows, each time anew: a small model that is shown its mistake
 * repeats it. The best reply is kept.
 * @returns the exchange it came from. `words`: it answers, and the file stays as it is; only in a step where that serves.
 * @throws MultiagentError `reply.no_files` where no reply held the file, `reply.unchanged` where each repeated it as it stands; what `showFirst` and the model throw.
 */
export async function writeFileAssignment(
  options: AssignmentOptions,
  assignment: FileAssignment,
  { due, ...before }: FileSurroundings,
): Promise<{ activity: string; gives: 'file' | 'words' }> {
  const { step } = options;
  const standing = await shownForAssignment(options, assignment, before.material);
  const { shown: first, material } = await showFirst(options, assignment, { material: before.material, before: standing });
  const shown = options.conversation.said(assignment.message) ?? `${standing}${first}`;
  const ask = async (by: Tried['by'], attempt: number): Promise<Candidate & Tried> => {
    const candidate = await askForFile(options, assignment, { material, due, shown, attempt });
    await tryCandidate(options, candidate, { assignment, material, due });
    const { activity, findings } = candidate;
    const judged = { activity, path: assignment.path, problems: findings.map(({ message }) => message) };
    await step.assignment.record([{ type: 'reply.judged', data: judged }], 'normal');
    return { ...candidate, by };
  };
  const end = await followSteps({
    bounds: oneFile(assignment, step.task.mostAttempts ?? step.run.modelOf(step.task).attempts),
    begin: () => ask('first', 1),
    act: (next) => ask(next.kind, next.kind === 'try_again' ? next.attempt : 1),
    costOf: (tried) => ({
      tokens: tokensOf(options, tried),
      // Without a program that the requirement names the whole run is worth nothing.
      isDear: () =>
        (assignment.origin === 'derived' || !tried.every(cannotRun)) &&
        !affordsAnotherTry(step.run.journal.state, { tried: tried.map(({ activity }) => activity), due: due.length }),
    }),
  });
  if (end.kind === 'accepted' && end.reply.answers === true) return { activity: end.reply.activity, gives: 'words' };
  if (end.kind === 'given_up' || end.reply.content === undefined) throw noFile(assignment.path, end.tried);
  const best = end.reply;
  const { content = '', range, language, mended } = best;
  const file = { path: assignment.path, language, range };
  // As the model wrote it first, so that both versions are kept.
  await keepFile(step, { ...file, content, format: 'assigned' });
  if (mended !== undefined) {
    const data = { task: step.task.task, path: assignment.path, changes: mended.changes };
    // A task that was cut off after this does it once more; people are told once.
    const isKnown = step.run.journal.state.mends.some(({ task, path, changes }) => isDeepStrictEqual({ task, path, changes }, data));
    if (!isKnown) await step.assignment.record([{ type: 'artifact.mended', data }], 'normal');
    await keepFile(step, { ...file, content: mended.content, format: 'mended' });
  }
  return { activity: best.activity, gives: 'file' };
}

async function askForFile(
  { step, conversation }: AssignmentOptions,
  assignment: FileAssignment,
  { material, due, shown, attempt }: FileSurroundings & Pick<ShownFirst, 'shown'> & { attempt: number },
): Promise<Candidate> {
  const { run, task } = step;
  const { limitsOf, model } = run.modelOf(task);
  const { temperature = 0.7, seed: given } = limitsOf(task).sampling;
  const activity = conversation.next;
  // A file that the requirement describes is written better where the model begins as it likes.
  const mayBegin = assignment.origin === 'derived' && servesFor(task) !== 'words_or_file' && model.capabilities.continuesReplies;
  const begins = mayBegin ? beginningOf(assignment.path) : undefined;
  const stop = stopsFor(assignment, begins, attempt);
  const reply = await conversation.ask(`${shown}${assignment.message}`, {
    before: 'nothing',
    plannedTokens: plannedLength(assignment),
    mostCuts,
    holds: begins === undefined && isMarkdownPath(assignment.path) ? 'text' : 'files',
    sampling: {
      temperature: attempt === 1 || temperature >= warmEnough ? temperature : Math.min(warmest, temperature + warmer * (attempt - 1)),
      seed: seedFor({ run: run.run, activity, given, attempt }),
    },
    ...(begins === undefined ? {} : { begins }),
    ...(stop === undefined ? {} : { stop }),
  });
  return readCandidate({
    assignment,
    reply,
    activity,
    material,
    due,
    files: run.files,
    serves: servesFor(task),
  });
}

/** Programs are tried when the last file that a step writes of them is there. */
async function tryCandidate(
  { step }: AssignmentOptions,
  candidate: Candidate,
  { assignment, material, due }: FileSurroundings & { assignment: FileAssignment },
): Promise<void> {
  const { path, purpose } = assignment;
  const content = candidate.mended?.content ?? candidate.content;
  const isOpen = due.some((other) => isProgram(other));
  if (content === undefined || purpose !== 'code' || isOpen || cannotRun(candidate)) return;
  const others = material.files.filter((file) => file.path !== path);
  const files = [...others, { path, content }];
  const { examples } = step.run;
  const trial = await examples.try(files, step.assignment.signal);
  const holds = trial?.examples.some(({ held }) => held > 0) === true;
  const fault = holds ? undefined : await examples.start(path, files, step.assignment.signal);
  if (fault !== undefined) candidate.findings.push(shortcoming('cannot_work', fault));
  if (trial === undefined) return;
  const data = { task: step.task.task, activity: candidate.activity, ...trial };
  await step.assignment.record([{ type: 'examples.tried', data }], 'normal');
  candidate.held = trial.examples.reduce((total, example) => total + example.held, 0);
  const failed = trial.examples.find(({ outcome }) => outcome === 'fails');
  if (failed !== undefined)
    candidate.findings.push(shortcoming('example_fails', `an example of the requirement does not hold: ${failed.why ?? ''}`));
}

/** There is nothing to keep of it, or it cannot run. */
function cannotRun({ findings }: Candidate): boolean {
  return findings.some(({ code, weight }) => weight === Infinity || code === 'does_not_parse' || code === 'incomplete');
}

function tokensOf({ step }: AssignmentOptions, candidates: readonly Candidate[]): number {
  const { state } = step.run.journal;
  return candidates.reduce(
    (sum, { activity, reply }) => sum + (replyOf(state, activity)?.usage?.replyTokens ?? estimateTokens(reply.text)),
    0,
  );
}

/** What comes after the file is talk, which nobody reads; a first reply that held no file is let finish the next time. */
function stopsFor({ path }: FileAssignment, begins: string | undefined, attempt: number): string[] | undefined {
  if (begins !== undefined) return [endsFile];
  return isMarkdownPath(path) || attempt > 1 ? undefined : [`${endsFile}\n`];
}

function noFile(path: string, candidates: readonly Candidate[]): MultiagentError {
  const reasons = [...new Set(candidates.flatMap(({ findings }) => findings.map(({ message }) => message)))].join('; ');
  const isUnchanged = candidates.every(({ findings }) => findings.some(({ code }) => code === 'unchanged'));
  return new MultiagentError({
    code: isUnchanged ? 'reply.unchanged' : 'reply.no_files',
    message: `The team did not manage ${path}: ${reasons}.`,
    hint: 'Ask for less at once in the requirement, try "multiagent retry", or take a larger model. The replies are kept in the journal.',
  });
}

function servesFor({ orText, description }: AssignmentOptions['step']['task']): ReadCandidateOptions['serves'] {
  if (orText !== true) return 'file';
  return isQuestion(description) ? 'words_or_file' : 'file_or_words';
}
