import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Example, ExampleCommand } from '../../agents/examples/example.ts';
import { filePurpose } from '../../agents/plans/file-purpose.ts';
import type { CommandResult } from '../../sandbox/sandbox.ts';
import { callProgram } from './call-program.ts';
import { isOutput } from './compare-output.ts';
import { inTrialFolder, runTrial, type TrialPlace } from './trial-folder.ts';
import type { TriedExample } from './tried-example.ts';

export interface TryExamplesOptions extends TrialPlace {
  examples: readonly Example[];
  /** Of the project and the run as they would stand. */
  files: readonly { path: string; content: string }[];
}

/** Shells say so of a command that is not there. */
const notFound = 127;
const inputFile = (place: number) => `.multiagent-input-${place}`;

/** Tries each example by itself in a folder of its own, in the sandbox and without a network. Never rejects but where the signal is aborted. */
export async function tryExamples({ examples, ...options }: TryExamplesOptions): Promise<TriedExample[]> {
  const tried: TriedExample[] = [];
  for (const example of examples) {
    options.signal.throwIfAborted();
    const hangs = tried.some(({ hung }) => hung === true);
    const outcome: Outcome = hangs
      ? { outcome: 'not_run', why: 'not tried after one that did not end', held: 0, of: 0 }
      : await inOwnFolder(example, options);
    tried.push({ example, ...outcome });
  }
  options.signal.throwIfAborted();
  return tried;
}

type Outcome = Omit<TriedExample, 'example'>;
type Surroundings = Omit<TryExamplesOptions, 'examples'>;

async function inOwnFolder(example: Example, options: Surroundings): Promise<Outcome> {
  const given = example.kind === 'commands' ? example.files : [];
  const inputs = example.kind === 'commands' ? example.commands.map(({ input = '' }) => input) : [''];
  const inputFiles = inputs.map((content, place) => ({ path: inputFile(place), content }));
  try {
    return await inTrialFolder([...options.files, ...given, ...inputFiles], options, (folder) =>
      example.kind === 'commands' ? tryCommands(example, folder, options) : tryCalls(example, folder, options),
    );
  } catch (error) {
    return { outcome: 'not_run', why: (error as Error).message, held: 0, of: 0 };
  }
}

async function tryCommands({ commands }: Extract<Example, { kind: 'commands' }>, folder: string, options: Surroundings): Promise<Outcome> {
  const of = commands.filter(states).length;
  let held = 0;
  let first: Fault | undefined;
  for (const [place, command] of commands.entries()) {
    const errors = command.expected?.from === 'output' ? ' 2>/dev/null' : '';
    const result = await runTrial(`{ ${command.command}; } < ${inputFile(place)}${errors}`, folder, options);
    const fault = faultOf(result, command);
    if (fault?.outcome === 'not_run') return { ...fault, held: 0, of };
    first ??= fault;
    // What hangs hangs again.
    if (fault?.hung === true) break;
    if (fault === undefined && states(command)) held += 1;
  }
  return { outcome: 'holds', ...first, held, of };
}

function states({ expected, exitCode }: ExampleCommand): boolean {
  return expected !== undefined || exitCode !== undefined;
}

type Fault = Pick<TriedExample, 'outcome' | 'why' | 'hung'>;

function faultOf(result: CommandResult, { command, expected, exitCode }: ExampleCommand): Fault | undefined {
  const { outcome, output } = result;
  if (outcome === 'not_started' || outcome === 'stopped' || result.exitCode === notFound)
    return { outcome: 'not_run', why: lastLine(output) };
  if (outcome === 'timed_out') return { outcome: 'fails', why: `\`${command}\` did not end`, hung: true };
  if (expected !== undefined && !isOutput(output, expected))
    return { outcome: 'fails', why: `\`${command}\` printed ${output.trim() === '' ? 'nothing' : `\`${shortened(output)}\``}` };
  if (exitCode !== undefined && result.exitCode !== exitCode)
    return { outcome: 'fails', why: `\`${command}\` ended with exit code ${result.exitCode ?? 'none'}` };
  return undefined;
}

async function tryCalls({ language, lines }: Extract<Example, { kind: 'calls' }>, folder: string, options: Surroundings): Promise<Outcome> {
  const mark = randomBytes(12).toString('hex');
  const isModule = language === 'python' ? /\.pyw?$/ : /\.[cm]?[jt]s$/;
  const modules = options.files.filter(({ path }) => isModule.test(path) && filePurpose(path) === 'code').map(({ path }) => path);
  const program = callProgram(language, { modules, lines, mark });
  await writeFile(join(folder, program.file), program.content);
  const result = await runTrial(`${program.command} < ${inputFile(0)} 2>&1`, folder, options);
  const of = lines.filter((line) => line.result !== undefined).length;
  if (result.outcome === 'not_started' || result.outcome === 'stopped' || result.exitCode === notFound)
    return { outcome: 'not_run', why: lastLine(result.output), held: 0, of };
  const reports = result.output
    .split('\n')
    .flatMap((line) => (line.startsWith(mark) ? [JSON.parse(line.slice(mark.length)) as Report] : []));
  const held = reports.filter(({ holds }) => holds === true).length;
  if (result.outcome === 'timed_out') return { outcome: 'fails', why: `\`${lines.at(-1)?.code ?? ''}\` did not end`, hung: true, held, of };
  const wrong = reports.find(({ holds, error }) => holds === false || error !== undefined);
  if (wrong?.error !== undefined) return { outcome: 'fails', why: shortened(wrong.error), held, of };
  if (wrong !== undefined)
    return { outcome: 'fails', why: `\`${lines[wrong.line ?? 0]?.code ?? ''}\` is ${shortened(wrong.got ?? '')}`, held, of };
  return held === of ? { outcome: 'holds', held, of } : { outcome: 'fails', why: shortened(lastLine(result.output)), held, of };
}

interface Report {
  line?: number;
  holds?: boolean;
  got?: string;
  error?: string;
}

function lastLine(output: string): string {
  return output.trim().split('\n').at(-1) ?? '';
}

const longest = 400;

function shortened(text: string): string {
  const plain = text.trim();
  return plain.length > longest ? `${plain.slice(0, longest)}…` : plain;
}
