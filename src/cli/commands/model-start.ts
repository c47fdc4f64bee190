import { mkdirSync } from 'node:fs';
import process from 'node:process';
import { isAlive, managedState, readRecord, type ServerRecord } from '../../local-engine/managed/server-record.ts';
import { startSupervisor } from '../../local-engine/managed/start-supervisor.ts';
import { systemClock } from '../../utils/clock.ts';
import { environmentWithoutSecrets } from '../../utils/environment-without-secrets.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { describeSignalDeath } from '../../utils/signal-death.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { chooseModel } from '../model/chosen-model.ts';
import { choosePort, usualPorts } from '../model/free-port.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { launchCommand, readSurroundings } from '../model/launch.ts';
import { type LaunchOptions, launchSettings } from '../model/launch-settings.ts';
import { buildServerProgram, proveServerProgram, shellLine } from '../model/start-script.ts';
import { serversFolder } from '../model/state-folders.ts';
import { waitingLine } from '../model/waiting-line.ts';
import { writeFolded } from '../write-folded.ts';
import { stopOnSignal } from '../stop-signals.ts';

export interface ModelStartOptions extends LaunchOptions {
  name?: string | undefined;
  flags: readonly string[];
  build?: boolean | undefined;
  rebuild?: boolean | undefined;
  dryRun?: boolean | undefined;
}

/** `multiagent model start`: resolves when the model is loaded. 0 also if the server is already running, 3 if none could be started. */
export async function modelStart(options: ModelStartOptions): Promise<ExitCode> {
  const directory = process.cwd();
  const { name, flags } = withoutModel(options);
  const settings = launchSettings(options, directory);
  const folder = serversFolder();
  const ports = settings.port === undefined ? usualPorts : [settings.port];
  const running = ports.flatMap((port) => readRecord(folder, port) ?? []).find(isAlive);
  if (running !== undefined && !options.dryRun) return alreadyRuns(running, name);
  const program = options.dryRun ? undefined : await provenProgram(options);
  const surroundings = await readSurroundings({ program });
  const model = await chooseModel({ wanted: name ?? settings.model, machine: surroundings.machine, directory });
  const port = options.dryRun ? (settings.port ?? 8080) : await choosePort(settings.port);
  const { command, plan } = await launchCommand({ surroundings, settings, model: model.file, size: model.size, port, flags });
  if (options.dryRun) {
    process.stdout.write(`${shellLine(command)}\n`);
    return exitCode.completed;
  }
  if (surroundings.program === undefined) throw noProgram();
  if (surroundings.diedBy !== undefined) throw cannotRun(surroundings.program, surroundings.diedBy);
  const shared = `${printableLine(model.name)}, ${plan.contextTokens} tokens of context, about ${formatBytes(plan.need)} of memory`;
  writeFolded(`Starting ${command.program} with ${shared}.\n`, process.stderr);
  if (plan.place === 'too_large')
    writeFolded('Warning: that is more memory than is free. A smaller --context or model is faster.\n', process.stderr);
  for (const slots of slotFolders(command.arguments)) mkdirSync(slots, { recursive: true, mode: 0o700 });
  using stop = stopOnSignal(
    new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'Interrupted; the server was stopped.' }),
  );
  const waiting = waitingLine(process.stderr, 'Waiting for the model to load', systemClock);
  try {
    const { address } = await startSupervisor({
      folder,
      port,
      address: `http://127.0.0.1:${port}/v1`,
      model: model.name,
      ...command,
      environment: environmentWithoutSecrets(process.env),
      clock: systemClock,
      signal: stop.signal,
      onWaiting: waiting.show,
    });
    waiting.clear();
    writeFolded(ready(address, port));
    return exitCode.completed;
  } finally {
    waiting.clear();
  }
}

/** The program that is compiled now, after a test. Undefined: the program that is found, which is tested if it was compiled here earlier. */
async function provenProgram({ build, rebuild }: ModelStartOptions): Promise<string | undefined> {
  if (rebuild) return buildServerProgram('rebuild');
  if (build) return buildServerProgram('build');
  await proveServerProgram();
  return undefined;
}

/** Without a model, the first flag after `--` is parsed as its name. */
function withoutModel({ name, flags }: Pick<ModelStartOptions, 'name' | 'flags'>): Pick<ModelStartOptions, 'name' | 'flags'> {
  return name?.startsWith('-') ? { flags: [name, ...flags] } : { name, flags };
}

/** These folders will hold what the model has read, so only the owner may read them. */
function slotFolders(args: readonly string[]): string[] {
  return args.flatMap((word, index) => (word === '--slot-save-path' ? (args[index + 1] ?? []) : []));
}

function alreadyRuns(record: ServerRecord, name: string | undefined): ExitCode {
  if (name !== undefined && name !== record.model) {
    throw new MultiagentError({
      category: 'model',
      code: 'server.already_running',
      message: `A server with ${record.model} is already running at ${record.address}.`,
      hint: 'Stop it with "multiagent model stop", or choose another port with --port.',
    });
  }
  const state = managedState(record);
  writeFolded(`A llama-server is already running at ${record.address}, with ${printableLine(record.model)} (${state}).\n`);
  return exitCode.completed;
}

function ready(address: string, port: number): string {
  const usual = usualPorts.includes(port);
  return [
    `llama-server is ready at ${address}.`,
    `  multiagent run feature-development --req requirement.md${usual ? '' : ` --base-url ${address}`}`,
    `  multiagent model stop${port === 8080 ? '' : ` --port ${port}`}`,
    '',
  ].join('\n');
}

function cannotRun(program: string, signal: NodeJS.Signals): MultiagentError {
  const { how, hint } = describeSignalDeath(signal, { kind: 'llama-server', path: program });
  return new MultiagentError({
    category: 'model',
    code: 'server.not_started',
    message: `${program} ${how} as soon as it was started.`,
    hint: hint,
  });
}

function noProgram(): MultiagentError {
  return new MultiagentError({
    category: 'model',
    code: 'server.no_program',
    message: 'No llama-server was found: not in LLAMA_SERVER_BIN, not on the PATH, no earlier build.',
    hint: 'Install one, for instance with "brew install llama.cpp", or compile the one of node-llama-cpp: multiagent model start --build',
  });
}
