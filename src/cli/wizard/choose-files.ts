import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readNamedFile } from '../read-project-files.ts';
import type { RunOptions } from '../run-options.ts';
import type { Ask } from './ask.ts';
import { nearPath } from '../asking/complete-path.ts';
import type { WizardMemory } from './wizard-memory.ts';

export interface ChooseFilesOptions {
  ask: Ask;
  options: RunOptions;
  memory: WizardMemory;
  directory: string;
  /** Whether a person is asked for what the command line leaves open, or wants the defaults. */
  rest: 'asked' | 'by_default';
}

/** Asks for the project files that the team should read, if any. Each is known to be readable. */
export async function chooseFiles({ ask, options, memory, directory, rest }: ChooseFilesOptions): Promise<string[]> {
  const message = 'Project file the team reads';
  const given = [...(options.file ?? []), ...(options.files ?? [])];
  if (given.length > 0 || rest === 'by_default') {
    ask.answered(message, given.length === 0 ? '(no project files)' : given.join(', '));
    return options.file ?? [];
  }
  const last = (memory.files ?? []).filter((path) => existsSync(path)).map((path) => nearPath(path, directory));
  const files: string[] = [];
  for (;;) {
    const others = [
      { name: files.length === 0 ? '(no project files)' : '(no more files)', value: 'done' as const },
      ...(files.length === 0 && last.length > 0 ? [{ name: `(as last time: ${last.join(', ')})`, value: 'last' as const }] : []),
    ];
    const answer = await ask.path({ message: files.length === 0 ? message : 'Another project file', others });
    if ('other' in answer) {
      if (answer.other === 'done') return files;
      files.push(...last);
      continue;
    }
    try {
      await readNamedFile(answer.path);
      if (files.every((path) => resolve(directory, path) !== resolve(directory, answer.path))) files.push(answer.path);
    } catch (error) {
      ask.tell(error);
    }
  }
}
