import { availableParallelism, totalmem } from 'node:os';

/** What a command may use at most. */
export interface SandboxLimits {
  /** Until it and everything that it started is ended. */
  wallMilliseconds: number;
  /** Of each process. */
  cpuSeconds: number;
  /** Of all processes together, and what each may ask for. */
  memoryBytes: number;
  /** All processes and their threads. */
  processes: number;
  /** Of each file that is written. */
  fileBytes: number;
  /** Of what it prints: so much is kept. */
  outputBytes: number;
}

const mebibyte = 1024 ** 2;

/**
 * Enough for the tests of a large project, and little enough that the machine stays usable beside a model: at most half of its memory. Threads count as
 * processes, and test runners start some for each core.
 */
export function defaultLimits(wallMilliseconds: number): SandboxLimits {
  return {
    wallMilliseconds,
    // All cores may be busy for the whole time; what is left of a limit is for a process that outlives its watcher.
    cpuSeconds: Math.ceil((wallMilliseconds / 1000) * availableParallelism()) + 1,
    memoryBytes: Math.min(4096 * mebibyte, Math.floor(totalmem() / 2)),
    processes: Math.max(1024, 64 * availableParallelism()),
    fileBytes: 1024 * mebibyte,
    outputBytes: 64 * 1024,
  };
}

export interface LimitedCommandOptions {
  limits: SandboxLimits;
  /** Whether the system counts the processes of each sandbox by themselves; else all of the person's would count. */
  countsProcesses: boolean;
}

/**
 * A command line that sets the limits of the processes to come, then runs the command that is its only argument in the system's shell. What cannot be
 * set is set no higher than it is already.
 */
export function limitedCommand(command: string, { limits, countsProcesses }: LimitedCommandOptions): string[] {
  const kibibytes = (bytes: number) => Math.ceil(bytes / 1024);
  // Memory that is written to: virtual machines reserve far more addresses than they use. Files are counted in pieces of 512 bytes.
  const set = [`-c 0`, `-t ${limits.cpuSeconds}`, `-d ${kibibytes(limits.memoryBytes)}`, `-f ${Math.ceil(limits.fileBytes / 512)}`].map(
    (limit) => `ulimit ${limit} 2>/dev/null`,
  );
  // A shell that does not know an option of this builtin ends. dash calls it -p. Twice as many as are watched for, so that the watcher tells of it first.
  const most = limits.processes * 2;
  const processes = `if (ulimit -u ${most}) 2>/dev/null; then ulimit -u ${most}; else (ulimit -p ${most}) 2>/dev/null && ulimit -p ${most}; fi`;
  return ['/bin/sh', '-c', [...set, ...(countsProcesses ? [processes] : []), 'exec /bin/sh -c "$1"'].join('; '), 'sh', command];
}
