import { join } from 'node:path';
import process from 'node:process';
import { tinyModelFile } from '../../local-engine/embedded/model-file.ts';
import { enginePlace } from '../engine/engine-place.ts';
import { executeWorkflow } from '../execute-workflow.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { readTextFile } from '../read-text-file.ts';
import type { RunOptions } from '../run-options.ts';
import { writeFolded } from '../write-folded.ts';

/** The bundled sample. This file is equally deep in `src` and in `dist`. */
const sample = join(import.meta.dirname, '..', '..', '..', 'examples', 'bookmarks.md');

const before =
  'This demo needs no model server: a tiny model (3 million parameters, 6 MB) runs in the embedded engine. It shows how the team works, but knows only one kind of program. For real work use a real model.\n';

const after = `
What you saw was a tiny model. For real work, see which models made for code fit this machine, start one, and give the team your own requirement:
  multiagent model list
  multiagent model start
  multiagent run feature-development --req requirement.md
`;

/** `multiagent demo` */
export async function demo(options: RunOptions): Promise<ExitCode> {
  const say = (text: string) => {
    if (!options.json && !options.quiet) writeFolded(text);
  };
  say(`${before}\n`);
  const isAskable = process.stdin.isTTY && process.stdout.isTTY && !options.json && !options.quiet;
  // Nobody else is asked: the run then fails with the command to type.
  if (isAskable && enginePlace() === undefined) {
    say('The embedded engine is not installed yet.\n');
    const outcome = await (await import('../engine/install-engine.ts')).installEngine('ask');
    if (outcome === 'stopped') return exitCode.interrupted;
    if (outcome === 'declined') return exitCode.completed;
    say('\n');
  }
  const code = await executeWorkflow({
    workflow: 'feature_development',
    options: { ...options, engine: 'embedded', modelFile: tinyModelFile },
    requirement: () => readTextFile(sample, 'requirement'),
    // The next step after the demo is a real model, so no follow-up commands are shown.
    afterCompletion: 'not_told',
  });
  if (code === 0) say(after);
  return code;
}
