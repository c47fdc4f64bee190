import { execFile } from 'node:child_process';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { arch, availableMemory, constrainedMemory, platform } from 'node:process';
import type { Gpu, Machine } from './machine.ts';
import { parseListedDevices, parseNvidiaDevices } from './parse-devices.ts';

export interface ReadMachineOptions {
  /** A llama-server, which knows best what it uses. Absent: NVIDIA's own tool is asked, and a Mac is assumed to have a GPU. */
  program?: string | undefined;
  environment: Readonly<Record<string, string | undefined>>;
  signal?: AbortSignal | undefined;
}

/** Nobody should wait for a driver that hangs. */
const patienceMilliseconds = 10_000;
/** The part of the memory that macOS lets its GPU use. */
const sharedPart = 0.75;

/** @throws only the signal's reason; hardware that cannot be found out counts as absent. */
export async function readMachine({ program, environment, signal }: ReadMachineOptions): Promise<Machine> {
  const constrained = constrainedMemory();
  const total = constrained > 0 && constrained < totalmem() ? constrained : totalmem();
  const memory = { total, available: Math.min(availableMemory(), total) };
  const ask = (file: string, args: string[]) => output(file, args, { environment, signal });
  const query = ['--query-gpu=name,memory.total,memory.free', '--format=csv,noheader,nounits'];
  const [listed, nvidia] = await Promise.all([
    program === undefined ? undefined : ask(program, ['--list-devices']),
    ask('nvidia-smi', query),
  ]);
  signal?.throwIfAborted();
  const known = listed !== undefined && /available devices/i.test(listed);
  const present = [...parseNvidiaDevices(nvidia ?? ''), ...appleGpu(memory)];
  const gpus = known ? parseListedDevices(listed) : present;
  return {
    memory,
    processors: { usable: availableParallelism(), present: Math.max(cpus().length, 1) },
    gpus,
    idleGpus: gpus.length === 0 ? present.map(({ name }) => name) : [],
  };
}

function appleGpu({ total, available }: Machine['memory']): Gpu[] {
  if (platform !== 'darwin' || arch !== 'arm64') return [];
  return [{ name: 'Apple GPU', total: total * sharedPart, free: Math.min(available, total * sharedPart), memory: 'shared' }];
}

interface OutputOptions {
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
}

/** What a program prints on both streams; undefined if it is missing or fails. */
function output(file: string, args: string[], { environment, signal }: OutputOptions): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(file, args, { timeout: patienceMilliseconds, env: { ...environment }, signal }, (error, stdout, stderr) =>
      resolve(error === null ? `${stdout}\n${stderr}` : undefined),
    );
  });
}
