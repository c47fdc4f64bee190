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
}

/** Asks for the project files that the team should read, if any. Each is known to be readable. */
export async function chooseFiles({ ask, options, memory, directory }: ChooseFilesOptions): Promise<string[]> {
  if (options.file !== undefined || options.files !== undefined) return options.file ?? [];
  const last = (memory.files ?? []).filter((path) => existsSync(path)).map((path) => nearPath(path, directory));
  const files: string[] = [];
  for (;;) {
    const others = [
      { name: files.length === 0 ? '(no project files)' : '(no more files)', value: 'done' as const },
      ...(files.length === 0 && last.length > 0 ? [{ name: `(as last time: ${last.join(', ')})`, value: 'last' as const }] : []),
    ];
    const answer = await ask.path({ message: files.length === 0 ? 'Project file the team reads' : 'Another project file', others });
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
