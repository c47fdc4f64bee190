import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { parse } from 'yaml';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { evalFolder, tasksFolder } from './folders.ts';
import { makeFixture } from './make-fixture.ts';
import { rescore } from './rescore.ts';
import type { Result } from './results/result-schema.ts';
import { runEvaluation } from './run-evaluation.ts';
import { findSubject } from './subjects/subjects.ts';
import { chooseTasks } from './tasks/choose-tasks.ts';
import { loadTasks } from './tasks/load-tasks.ts';
import type { Task } from './tasks/task.ts';
import { writeReport } from './write-report.ts';

interface EvalOptions {
  subject?: string[];
  model?: string;
  baseUrl: string;
  tasks: string[];
  family: string[];
  repeat: number;
  seed: number;
  minutes: number;
  settings?: string;
  label?: string;
  aider: string;
  results: string;
  rescore?: boolean;
  report?: boolean;
  fixture?: string;
  name?: string;
}

const list = (given: string) =>
  given
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');

function wholeNumber(given: string): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It has to be a whole number from 1 on.');
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('npm run eval --')
  .description('Has subjects attempt tasks on a model, checks from outside what they leave, and reports it. See eval/README.md.')
  .option(
    '--subject <names>',
    'who attempts them: direct, workflow (the one that the task names), feature-development, bug-fix, …, code (a turn of multiagent code) or aider',
    list,
  )
  .option('--model <name>', "the model's name, as the server knows it")
  .option('--base-url <url>', 'address of the model server', 'http://127.0.0.1:8080/v1')
  .option('--tasks <which>', 'all, tune, held-out, easy, medium, hard, or globs such as "command-line/*"', list, ['all'])
  .option('--family <names>', 'only tasks of these families', list, [])
  .option('--repeat <n>', 'how often', wholeNumber, 1)
  .option('--seed <n>', 'seed of the first repeat; each later one has the next', wholeNumber, 1)
  .option('--minutes <n>', 'limit of one attempt', wholeNumber, 30)
  .option('--settings <file>', 'settings of the product that are tried, in YAML; needs --label, which tells the results apart')
  .option('--label <text>', 'is added to the names of the subjects, as in workflow@text')
  .option('--aider <program>', 'the program aider, or a path to it', 'aider')
  .option('--results <folder>', 'where everything is kept', join(evalFolder, 'results'))
  .option('--rescore', 'check again what was generated, without a model')
  .option('--report', 'write docs/evaluation.md from the results and eval/figures')
  .option('--fixture <events.jsonl>', 'make a fixture for the tests of what the model replied in this run; needs --name')
  .option('--name <text>', 'what the fixture shows, as the name of its folder, such as "empty-fences"')
  .allowExcessArguments(false)
  .action(main);

async function main(options: EvalOptions): Promise<void> {
  if (options.fixture !== undefined) {
    say(`Written: ${await makeFixture({ events: options.fixture, name: fixtureName(options) })}`);
    return;
  }
  const results = resolve(options.results);
  const all = loadTasks(tasksFolder);
  const labels = options.subject?.map((name) => labelOf(name, options));
  const tasks = () => chooseTasks(all, { wanted: options.tasks, families: options.family });
  const made = options.rescore
    ? await rescore({ results, tasks: tasks(), model: options.model, labels, say })
    : await attempts(options, results, tasks);
  if (options.report) say(`Written: ${writeReport(results, all)}`);
  const broken = made.filter(({ check }) => check.kind === 'broken');
  if (broken.length === 0) return;
  say(`Broken checks, which say nothing of what was generated: ${[...new Set(broken.map(({ task }) => task))].join(', ')}.`);
  process.exitCode = 1;
}

/** Nothing is attempted where nobody is named: then only the report was wanted. */
async function attempts(options: EvalOptions, results: string, tasks: () => Task[]): Promise<Result[]> {
  const { subject: names, model, baseUrl, repeat: repeats, seed: firstSeed, minutes, aider } = options;
  if (names === undefined && options.report) return [];
  if (names === undefined || model === undefined)
    throw usage('A subject and a model have to be named.', 'For example: --subject direct --model qwen2.5-coder');
  const settings = settingsFrom(options);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return runEvaluation({
    subjects: names.map((name) => ({ subject: findSubject(name, { settings, aider }), label: labelOf(name, options) })),
    tasks: tasks(),
    model,
    baseUrl,
    repeats,
    firstSeed,
    secondsPerAttempt: minutes * 60,
    results,
    signal: stop.signal,
    say,
  });
}

function labelOf(name: string, { label }: EvalOptions): string {
  return label === undefined ? name : `${name}@${label}`;
}

function fixtureName({ name = '' }: EvalOptions): string {
  if (/^[a-z0-9-]{3,60}$/.test(name)) return name;
  throw usage('A fixture has no name that says what it shows.', 'Add --name with small letters, digits and hyphens.');
}

function settingsFrom({ settings: file, label }: EvalOptions): unknown {
  if (file === undefined) return undefined;
  if (label === undefined)
    throw usage('Settings are tried without a label.', 'Add --label: results of other settings must not be taken for the usual ones.');
  return parse(readFileSync(file, 'utf8'));
}

function usage(message: string, hint: string): MultiagentError {
  return new MultiagentError({ code: 'usage.eval', message, hint });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write('Stopped. The same command goes on from here.\n');
    process.exitCode = 130;
  } else if (error instanceof MultiagentError) {
    process.stderr.write(`Error: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    process.exitCode = 1;
  } else throw error;
}
