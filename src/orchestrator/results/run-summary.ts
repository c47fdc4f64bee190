import { routingSentences } from '../routing/routing-sentences.ts';
import { openQuestions } from '../decisions/open-questions.ts';
import { changedNothing } from '../../state/run/ended-tasks.ts';
import { removalSentence } from './removal-sentence.ts';
import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { projectSentences } from './project-sentences.ts';
import { fallbackReport } from './fallback-sentence.ts';
import { changedSince } from '../checks/changed-since.ts';
import { testsSomething } from '../checks/verification-sentence.ts';
import { proofOfRun } from '../proof/proof-of-run.ts';
import { examplesSentence } from '../trials/examples-sentence.ts';
import { proofOfExamples } from '../trials/proof-of-examples.ts';
import { checkSentence } from '../checks/check-sentence.ts';
import { installSentence } from '../packages/install-sentence.ts';
import { installsOf } from './fetched-packages.ts';
import { outputTail } from '../checks/output-tail.ts';
import { printable } from '../../utils/printable.ts';
import { filesOfTask, type ResultFile, removalsOfTask } from './task-result.ts';
import { shortModelName } from '../../llm/server/model-key.ts';
import { summaryMetrics } from './summary-metrics.ts';
import { summaryTask } from './summary-task.ts';
import { inert, plain, quoted } from './summary-text.ts';

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
    ...(state.routed === undefined ? [] : routingSentences(state.routed).map((sentence) => `- ${plain(sentence)}`)),
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
    ...tasks.flatMap((task) => summaryTask(state, task)),
    ...notices(state),
    '## Completion metrics',
    '',
    ...summaryMetrics(state),
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
