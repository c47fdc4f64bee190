import process from 'node:process';
import type { RunOptions } from '../run-options.ts';
import { asStarted } from '../as-started.ts';
import { chooseView } from './choose-view.ts';
import { foldText } from './fold-text.ts';
import { jsonView } from './json-view.ts';
import { liveView } from './live/live-view.ts';
import { lookFor } from './look.ts';
import { plainView } from './plain/plain-view.ts';
import { severalView } from './several-view.ts';
import type { View } from './view.ts';

/** Writes lines for a person: with commands as they have to be typed, and in a terminal broken between words. */
function folded(write: (text: string) => void): (text: string) => void {
  return (text) => {
    const said = asStarted(text);
    write(process.stdout.isTTY && process.stdout.columns ? foldText(said, process.stdout.columns) : said);
  };
}

/** The view that suits the options and the terminal; none with --quiet. @param names Those of several runs, which are told in lines. */
export function createView(options: RunOptions, write: (text: string) => void, names?: ReadonlyMap<string, string>): View | undefined {
  const { stdout, env, platform } = process;
  const name = chooseView({ options, output: stdout.isTTY ? 'terminal' : 'other', environment: env });
  if (name === 'none') return undefined;
  if (name === 'json') return jsonView(write);
  const plain = { write: folded(write), detail: options.verbose ? 'verbose' : 'normal' } as const;
  if (names !== undefined) return severalView({ ...plain, names });
  if (name === 'plain') return plainView(plain);
  const live = liveView({
    terminal: { write, columns: () => stdout.columns || 80, rows: () => stdout.rows || 24 },
    look: lookFor(env, platform),
  });
  // It draws the state of a run, so earlier events are applied like new ones.
  return { ...live, earlier: (event) => live.event(event) };
}
