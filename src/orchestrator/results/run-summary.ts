import { decisionSentence } from '../decisions/decision-sentence.ts';
import { openQuestions } from '../decisions/open-questions.ts';
import { reasonOfSkip } from '../../state/run/reason-of-skip.ts';
import { changedNothing, isTakenOver } from '../../state/run/ended-tasks.ts';
import { refusalsOf } from '../../state/run/records-of-task.ts';
import { removalSentence } from './removal-sentence.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { projectSentences } from './project-sentences.ts';
import { fallbackReport } from './fallback-sentence.ts';
import { egressSentences } from './egress-sentences.ts';
import { nothingSentence } from './nothing-sentence.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { findingLine, verdictOf } from '../verdicts/verdict.ts';
import { replyCutSentences } from './reply-cut-sentence.ts';
import { runLedger, type LedgerEntry, type RunLedger } from './run-ledger.ts';
import { serversOfTask, takeOvers } from './servers-of-task.ts';
import { changedSince } from '../checks/changed-since.ts';
import { testsSomething } from '../checks/verification-sentence.ts';
import { proofOfRun } from '../proof/proof-of-run.ts';
import { examplesSentence } from '../trials/examples-sentence.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import { checkSentence } from '../checks/check-sentence.ts';
import { installSentence } from '../packages/install-sentence.ts';
import { installsOf } from './fetched-packages.ts';
import { outputTail } from '../checks/output-tail.ts';
import { parallelSentence } from '../scheduling/parallel-sentence.ts';
import { printable, printableLine } from '../../utils/printable.ts';
import { filesOfTask, type ResultFile, removalsOfTask } from './task-result.ts';
import { shortModelName } from '../../llm/server/model-key.ts';
import { egressOfRun } from '../../state/run/egress-of-run.ts';
import { timeWorked } from '../../state/run/usage-of-run.ts';

const marks: Record<TaskRecord['status'], string> = {
  completed: '✓',
  failed: '✗',
  skipped: '–',
  cancelled: '–',
  running: '…',
  waiting: '…',
  pending: '…',
};

/** What `output/workflow_summary_<run id>.md` holds: a run for people. Everything in it comes from the run's state. */
export function runSummary(state: RunState): string {
  const tasks = [...state.tasks.values()];
  const count = (status: TaskRecord['status']) => tasks.filter((task) => task.status === status).length;
  const lines = [
    `# ${titleOf(state)}`,
    '',
    `- Run: \`${state.run}\``,
    `- Status: **${state.status}**`,
    `- Started at: ${new Date(state.startedAt).toISOString()}`,
    `- Completed at: ${state.finishedAt === undefined ? 'not yet' : new Date(state.finishedAt).toISOString()}`,
    `- Model: ${plain(shortModelName(state.model.name))} (${placeOf(state.model)})`,
    ...severalModels(state),
    ...state.laterModels.map((model) => `- Went on with: ${plain(shortModelName(model.name))} (${placeOf(model)})`),
    `- Tasks: ${count('completed')} of ${tasks.length} completed${idle(state, tasks)}, ${count('failed')} failed, ${count('skipped')} skipped, ${count('cancelled')} cancelled`,
    ...projectSentences(state).map((sentence) => `- ${plain(sentence)}`),
    ...(state.inherits ? [`- Builds on: \`${state.inherits.run}\` (${state.inherits.how})`] : []),
    ...(state.error ? [`- Error: ${plain(state.error.message)}`] : []),
    ...openQuestions(state).map(
      ({ task, question: { ask, wants } }) =>
        `- Waits for somebody: ${plain(task.task)} asks: ${plain(ask)} (\`multiagent ${wants === 'answer' ? 'answer' : 'approve'} ${state.run} ${plain(task.task)}\`)`,
    ),
    '',
    ...checks(state),
    '',
    ...requirementSection(state.input.requirement.trim()),
    '## Generated files',
    '',
    ...generatedFiles(state, tasks),
    '## Tasks',
    '',
    ...tasks.flatMap((task) => taskSection(state, task)),
    ...notices(state),
    '## Completion metrics',
    '',
    ...metrics(state),
    '',
  ];
  return lines.join('\n');
}

function idle(state: RunState, tasks: TaskRecord[]): string {
  const count = tasks.filter((task) => changedNothing(state, task)).length;
  return count === 0 ? '' : ` (${count} changed nothing)`;
}

/** Which of several models did what. */
function severalModels({ models = {}, tasks }: RunState): string[] {
  const all = [...tasks.values()];
  return Object.entries(models).map(([name, model]) => {
    const own = all.filter(({ askedModel }) => askedModel === name).map(({ task }) => plain(task));
    return `- Model ${plain(name)}: ${plain(shortModelName(model.name))} (${placeOf(model)})${own.length === 0 ? '' : `, for ${own.join(', ')}`}`;
  });
}

function placeOf({ engine, address, servers = [] }: RunState['model']): string {
  if (engine === 'embedded') return 'embedded engine';
  return servers.length > 1 ? servers.map((server) => plain(server.address)).join(', ') : plain(address);
}

function titleOf({ definition, workflow }: RunState): string {
  const title = definition['title'];
  return typeof title === 'string' ? plain(title) : workflow;
}

function generatedFiles(state: RunState, tasks: TaskRecord[]): string[] {
  const sections = tasks.flatMap((task) => {
    const files = filesOfTask(state, task.task);
    const removals = removalsOfTask(state, task.task);
    if (files.length + removals.length === 0) return [];
    const note = task.status === 'completed' ? '' : ` (the task is ${task.status}: these files may be incomplete)`;
    return [
      `### ${task.task}${note}`,
      '',
      ...files.flatMap((file) => [`- \`${plain(file.path)}\` (${file.bytes} bytes)`, ...findings(file)]),
      ...removals.map((removal) => `- ${plain(removalSentence(removal))}`),
      '',
    ];
  });
  return sections.length > 0 ? sections : ['None.', ''];
}

function findings({ check }: ResultFile): string[] {
  if (check === null || check.found === 0) return [];
  const more = check.found > check.findings.length ? [`  - and ${check.found - check.findings.length} more`] : [];
  return [
    `  - does not parse as ${check.language}:`,
    ...check.findings.map(({ line, column, message }) => `    - line ${line}, column ${column}: ${plain(message)}`),
    ...more.map((line) => `  ${line}`),
  ];
}

function requirementSection(requirement: string): string[] {
  if (requirement === '') return [];
  const lines = inert(requirement).split('\n');
  return ['## Requirement', '', ...lines.map((line) => `> ${line}`), ''];
}

function checks(state: RunState): string[] {
  const { checks: standing, statements } = proofOfRun(state);
  const examples = proofOfExamples(state);
  const own = state.checks.filter(({ verification }) => verification === undefined);
  const hasRun = own.length > 0 || (examples?.run ?? 0) > 0 || standing.some(({ check }) => check.outcome !== 'not_started');
  const isTested = own.length > 0 || standing.some(({ check }) => testsSomething(check));
  const why = examples?.examples.flatMap(({ outcome, why: seen }) => (outcome === 'holds' || seen === undefined ? [] : [seen])) ?? [];
  return [
    ...(hasRun ? [] : ['Nothing that the team wrote has been run: tests are written, not executed.', '']),
    ...(examples === undefined
      ? []
      : [`- ${plain(examplesSentence(examples))}${!hasRun || isTested ? '' : ' Tests of the team are written, not executed.'}`]),
    ...(hasRun ? why : []).map((text) => `  - ${plain(text)}`),
    ...installsOf(state).map(({ result }) => `- ${plain(installSentence(result))}`),
    ...statements.flatMap(({ sentence, failure }) => [`- ${plain(sentence)}`, ...quoted(failure.map(printable))]),
    ...own.flatMap((check) => [`- ${plain(checkSentence(check, changedSince(state, check)))}`, ...quoted(outputTail(check.output))]),
  ];
}

function quoted(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines.map((line) => `      ${line}`), ''];
}

function taskSection(state: RunState, task: TaskRecord): string[] {
  const servers = serversOfTask(task);
  const refusals = refusalsOf(state, task.task);
  const outcome = task.status === 'completed' ? outcomeSentence(task, task.place === 'none' ? 'no_model' : 'model') : undefined;
  const seconds = task.startedAt !== undefined && task.completedAt !== undefined ? timeWorked(task, task.completedAt) / 1000 : undefined;
  return [
    `### ${marks[task.status]} ${task.number}. ${task.task}`,
    '',
    `- ${plain(task.description)}`,
    task.role === '' ? `- Kind: ${task.kind}` : `- Agent: ${task.role}${task.agent ? ` (${task.agent})` : ''}`,
    `- Dependencies: ${task.dependencies.join(', ') || 'none'}`,
    isTakenOver(state, task)
      ? `- Status: taken over from \`${state.inherits?.run}\``
      : `- Status: ${task.status}${seconds === undefined ? '' : ` after ${seconds.toFixed(1)} s`}${task.attempts > 1 ? `, ${task.attempts} attempts` : ''}`,
    ...(changedNothing(state, task) ? [`- It ${plain(nothingSentence(task.because))}`] : []),
    ...(outcome === undefined ? [] : [`- Outcome: ${plain(outcome)}`]),
    ...(verdictOf(task.outputs)?.findings ?? []).map((finding) => `  - ${plain(findingLine(finding))}`),
    ...(task.decisions ?? []).map((decided) => `- Decided: ${plain(decisionSentence(decided))}`),
    ...(servers.length > 0 ? [`- Written by: ${servers.map(plain).join(', then ')}`] : []),
    ...takeOvers(task).map((text) => `- Taken over: ${plain(text)}`),
    ...replyCutSentences(task).map((text) => `- Shortened: ${text}`),
    ...(task.error ? [`- Error: ${plain(task.error.message)}`] : []),
    ...(task.error?.hint === undefined ? [] : [`- What to do: ${plain(task.error.hint)}`]),
    ...(task.skipped ? [`- Skipped, because ${reasonOfSkip(task.skipped)}`] : []),
    ...refusals.map(({ name, reason, keptAs }) => {
      const kept = keptAs === undefined ? '' : ` Its text is in \`rejected/${state.run}/${keptAs}\`.`;
      return `- Not written: ${name === '' ? 'a block without a name' : `\`${plain(name)}\``}: ${plain(reason)}${kept}`;
    }),
    '',
  ];
}

function notices(state: RunState): string[] {
  const lines = [
    ...state.fallbacks.map((fellBack) => `- ${plain(fallbackReport(fellBack))}`),
    ...state.mends.map(
      ({ path, changes }) =>
        `- \`${plain(path)}\` was mended without a model: ${plain(changes.join('; '))}. The version before is kept in the journal.`,
    ),
    ...state.collisions.map(
      ({ path, task, earlier }) =>
        `- \`${plain(path)}\` was written by ${earlier.task} and differently by ${task}; both versions are kept in the journal.`,
    ),
    ...state.edits.map(({ path }) => `- \`${plain(path)}\` was found changed when the run went on, and was left as it is.`),
    ...state.epoch.cuts.map(({ reason, cuts }) => `- ${reason} Shortened for all later tasks: ${cuts.map(({ task }) => task).join(', ')}.`),
  ];
  return lines.length > 0 ? ['## Notices', '', ...lines, ''] : [];
}

function metrics(state: RunState): string[] {
  const ledger = runLedger(state);
  const seconds = state.finishedAt === undefined ? undefined : timeWorked(state, state.finishedAt) / 1000;
  return [
    `- Duration: ${seconds === undefined ? 'not finished' : `${seconds.toFixed(1)} s`}`,
    ...(ledger.run.calls === 0 ? ['- No model was asked.'] : tokenLines(ledger.run)),
    `- ${plain(parallelSentence(state))}`,
    ...egressSentences(egressOfRun(state)).map((sentence) => `- ${plain(sentence)}`),
    ...(ledger.run.calls === 0 ? [] : ['', ...ledgerTable(ledger)]),
  ];
}

function tokenLines(run: LedgerEntry): string[] {
  return [
    `- Prompt tokens read: ${known(run.tokens_read)}, from the server's cache: ${known(run.tokens_cached)}, the least possible: ${known(run.tokens_ideal)}`,
    `- Tokens written: ${known(run.tokens_written)}, reasoning among them: ${known(run.tokens_reasoning)}`,
  ];
}

function ledgerTable({ run, roles, tasks }: RunLedger): string[] {
  const rows = [
    ...Object.entries(tasks),
    ...Object.entries(roles).map(([role, entry]): [string, LedgerEntry] => [`all by ${role}`, entry]),
    ['the run', run] as const,
  ];
  return [
    '| | calls | read | cached | least possible | written | reasoning | first token | tokens/s |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows.map(([name, entry]) => {
      const cells = [
        `${entry.calls}${entry.calls_untold > 0 ? ` (${entry.calls_untold} untold)` : ''}`,
        known(entry.tokens_read),
        known(entry.tokens_cached),
        known(entry.tokens_ideal),
        known(entry.tokens_written),
        known(entry.tokens_reasoning),
        entry.first_token_seconds === null ? 'unknown' : `${entry.first_token_seconds.toFixed(2)} s`,
        entry.tokens_per_second === null ? 'unknown' : entry.tokens_per_second.toFixed(1),
      ];
      return `| ${plain(name)} | ${cells.join(' | ')} |`;
    }),
  ];
}

function known(count: number | null): string {
  return count === null ? 'unknown' : String(Math.round(count));
}

/** One line, with nothing in it that Markdown or a terminal would take for more than text, so that no picture is loaded where somebody opens the page. */
function plain(text: string): string {
  return printableLine(text.replaceAll(/\s+/g, ' '))
    .replaceAll(/[`<>|]/g, "'")
    .replaceAll('![', '! [');
}

/** A text of several lines as it is meant, but for what would load something from elsewhere where somebody opens the page. */
function inert(text: string): string {
  return printable(text)
    .replaceAll('![', String.raw`!\[`)
    .replaceAll(/<(?=[a-z/!?])/gi, String.raw`\<`);
}
