/** The program that a signal ended. */
export type DeadProgram = { kind: 'embedded' } | { kind: 'llama-server'; path: string };

export interface SignalDeath {
  /** As in `llama-server was ended by SIGILL (illegal instruction)`. */
  how: string;
  /** What to do about it. */
  hint: string;
}

/** Signals that a program causes itself. */
const crashes: readonly string[] = ['SIGILL', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGABRT', 'SIGTRAP'];
const names: Readonly<Record<string, string>> = { SIGILL: 'SIGILL (illegal instruction)', SIGSEGV: 'SIGSEGV (segmentation fault)' };

/** Where the start script puts what it compiles. It gives the same advice about such a program. */
const compiledHere = /[/\\]multiagent[/\\]llama\.cpp-[^/\\]+[/\\]build[/\\]bin[/\\]llama-server$/;

const tooMuch =
  'Most often a program that does so uses instructions that the processor, or the virtual machine on it, does not let through.';
const compile = '"multiagent model start --build" compiles a llama-server and tries it out on this machine.';

/** What happened to a model server that a signal ended, and what to do. The only place that says so. */
export function describeSignalDeath(signal: NodeJS.Signals, program: DeadProgram): SignalDeath {
  const how = `was ended by ${names[signal] ?? signal}`;
  if (signal === 'SIGKILL') {
    return { how, hint: 'The system most likely ran out of memory: use fewer slots, a smaller context or a smaller model.' };
  }
  if (!isCrash(signal)) return { how, hint: 'Something outside of it sent the signal.' };
  return { how, hint: `${tooMuch} ${other(program)}` };
}

/** Whether the program itself caused the signal: nobody sends such a signal. */
export function isCrash(signal: NodeJS.Signals): boolean {
  return crashes.includes(signal);
}

function other(program: DeadProgram): string {
  if (program.kind === 'embedded') return `Update node-llama-cpp, whose binary it is, or use a llama-server: ${compile}`;
  if (!compiledHere.test(program.path)) return `Update ${program.path}, or take another: ${compile}`;
  return 'Have it compiled again without them: multiagent model start --rebuild. If it is already, install a package of llama.cpp.';
}
