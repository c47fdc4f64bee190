import type { WordKind } from './completion.ts';

/** What the placeholders of arguments and options stand for: `[run]`, `<dir>`, `--model <name>`. Others can be anything. */
const kinds: Readonly<Record<string, WordKind>> = {
  run: 'runs',
  task: 'steps',
  step: 'steps',
  workflow: 'workflows',
  before: 'workflow files',
  after: 'workflow files',
  model: 'models to run',
  role: 'roles',
  file: 'files',
  path: 'files',
  globs: 'files',
  gguf: 'files',
  dir: 'folders',
  command: 'commands',
  topic: 'topics',
};

/** The kind of an argument. @param name Its placeholder. @param next That of the argument after it. */
export function kindOfArgument(name: string, next: string | undefined): WordKind | undefined {
  const kind = kinds[name];
  return kind === 'runs' && next !== undefined && kinds[next] === 'steps' ? 'runs or steps' : kind;
}

/** The kind of an option's value. @param option Its long name. */
export function kindOfValue(option: string | undefined, flags: string): WordKind | undefined {
  if (option === '--model') return 'models';
  const [, placeholder = ''] = /[<[]([a-z]+)(?:\.\.\.)?[>\]]/.exec(flags) ?? [];
  // "<command>" of an option is one of the person's own.
  return placeholder === 'command' ? undefined : kinds[placeholder];
}
