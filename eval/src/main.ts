import { join, resolve } from 'node:path';
import process from 'node:process';
import { Command, InvalidArgumentError } from 'commander';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { evalFolder, tasksFolder } from './folders.ts';
import { runEvaluation } from './run-evaluation.ts';
import { findSubject } from './subjects/subjects.ts';
import { chooseTasks } from './tasks/choose-tasks.ts';
import { loadTasks } from './tasks/load-tasks.ts';

interface EvalOptions {
  subject: string[];
  model?: string;
  baseUrl: string;
  tasks: string[];
  family: string[];
  repeat: number;
  seed: number;
  minutes: number;
  results: string;
}

const list = (given: string, before: string[] = []) =>
  [...before, ...given.split(',').map((word) => word.trim())].filter((word) => word !== '');

function wholeNumber(given: string): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new InvalidArgumentError('It has to be a whole number from 1 on.');
}

const say = (line: string) => void process.stdout.write(`${line}\n`);

const program = new Command('npm run eval --')
  .description('Has subjects attempt tasks on a model, checks from outside what they leave, and reports it. See eval/README.md.')
  .option('--subject <names>', 'who attempts them, with commas', (given: string) => list(given), ['direct', 'workflow'])
  .option('--model <name>', "the model's name, as the server knows it")
  .option('--base-url <url>', 'address of the model server', 'http://127.0.0.1:8080/v1')
  .option('--tasks <which>', 'all, tune, held-out, easy, or globs such as "command-line/*", with commas', (given: string) => list(given), [
    'all',
  ])
  .option('--family <names>', 'only tasks of these families', (given: string) => list(given), [])
  .option('--repeat <n>', 'how often', wholeNumber, 1)
  .option('--seed <n>', 'seed of the first repeat; each later one has the next', wholeNumber, 1)
  .option('--minutes <n>', 'limit of one attempt', wholeNumber, 30)
  .option('--results <folder>', 'where everything is kept', join(evalFolder, 'results'))
  .action(async (options: EvalOptions) => {
    const results = resolve(options.results);
    const tasks = chooseTasks(loadTasks(tasksFolder), { wanted: options.tasks, families: options.family });
    const subjects = options.subject.map((name) => ({ subject: findSubject(name), label: name }));
    const { model, baseUrl, repeat: repeats, seed: firstSeed, minutes } = options;
    if (model === undefined)
      throw new MultiagentError({ code: 'usage.missing', message: 'No model is named.', hint: 'Name it with --model.' });
    const stop = new AbortController();
    process.once('SIGINT', () => stop.abort());
    process.once('SIGTERM', () => stop.abort());
    const made = await runEvaluation({
      subjects,
      tasks,
      model,
      baseUrl,
      repeats,
      firstSeed,
      secondsPerAttempt: minutes * 60,
      results,
      signal: stop.signal,
      say,
    });
    const broken = made.filter(({ check }) => check.kind === 'broken');
    if (broken.length > 0) {
      say(`Broken checks: ${[...new Set(broken.map(({ task }) => task))].join(', ')}.`);
      process.exitCode = 1;
    }
  });

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
