import { availableParallelism, totalmem } from 'node:os';

/** What a command may use at most. */
export interface SandboxLimits {
  /** After this time the command and everything that it started is killed. */
  wallMilliseconds: number;
  /** Of each process. */
  cpuSeconds: number;
  /** For all processes together, and for each one. */
  memoryBytes: number;
  /** Processes and threads together. */
  processes: number;
  /** For each file that is written. */
  fileBytes: number;
  /** How much of what it prints is kept. */
  outputBytes: number;
}

const mebibyte = 1024 ** 2;

/**
 * Enough for the tests of a large project, yet the machine stays usable beside a model: at most half of its memory. Threads count as processes, and test
 * runners start several for each core.
 */
export function defaultLimits(wallMilliseconds: number): SandboxLimits {
  return {
    wallMilliseconds,
    // All cores may be busy the whole time. The limit still stops a process that outlives its watcher.
    cpuSeconds: Math.ceil((wallMilliseconds / 1000) * availableParallelism()) + 1,
    memoryBytes: Math.min(4096 * mebibyte, Math.floor(totalmem() / 2)),
    processes: Math.max(1024, 64 * availableParallelism()),
    fileBytes: 1024 * mebibyte,
    outputBytes: 64 * 1024,
  };
}

export interface LimitedCommandOptions {
  limits: SandboxLimits;
  /** Whether the system counts the processes of each sandbox separately. Otherwise all processes of the person would count. */
  countsProcesses: boolean;
}

/**
 * A command line that sets the limits for the processes to come, then runs the command, its only argument, in the system's shell. A limit that cannot be set
 * stays as it is.
 */
export function limitedCommand(command: string, { limits, countsProcesses }: LimitedCommandOptions): string[] {
  const kibibytes = (bytes: number) => Math.ceil(bytes / 1024);
  // Memory that is written to: virtual machines reserve far more addresses than they use. File sizes count in blocks of 512 bytes.
  const set = [`-c 0`, `-t ${limits.cpuSeconds}`, `-d ${kibibytes(limits.memoryBytes)}`, `-f ${Math.ceil(limits.fileBytes / 512)}`].map(
    (limit) => `ulimit ${limit} 2>/dev/null`,
  );
  // A shell exits when it does not know an option of this builtin. dash calls it -p. Twice as many as the watcher allows, so that the watcher reports it first.
  const most = limits.processes * 2;
  const processes = `if (ulimit -u ${most}) 2>/dev/null; then ulimit -u ${most}; else (ulimit -p ${most}) 2>/dev/null && ulimit -p ${most}; fi`;
  return ['/bin/sh', '-c', [...set, ...(countsProcesses ? [processes] : []), 'exec /bin/sh -c "$1"'].join('; '), 'sh', command];
}
