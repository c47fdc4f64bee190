import process from 'node:process';
import type { Settings } from '../../config/settings-schema.ts';
import type { RunOptions } from '../run-options.ts';
import { asStarted } from '../as-started.ts';
import { chooseView } from './choose-view.ts';
import { foldText } from './fold-text.ts';
import { jsonView } from './json-view.ts';
import type { Terminal } from './live/frame-painter.ts';
import type { KeyInput } from './live/live-keys.ts';
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

/**
 * Node learns of another size by a signal, which it hears late on a machine that a model keeps busy: a picture that is drawn before that leaves pieces behind. So it
 * looks before each.
 */
function terminalOf(output: NodeJS.WriteStream & { _refreshSize?: () => void }, write: (text: string) => void): Terminal {
  return {
    write,
    columns: () => {
      output['_refreshSize']?.();
      return output.columns || 80;
    },
    rows: () => output.rows || 24,
  };
}

export interface CreateViewOptions {
  options: RunOptions;
  write: (text: string) => void;
  bell: Settings['bell'];
  /** Where somebody who can steer presses keys; undefined: nobody is there. */
  keys: KeyInput | undefined;
  /** Those of several runs, which are told in lines. */
  names: ReadonlyMap<string, string> | undefined;
}

/** The view that suits the options and the terminal; none with --quiet. */
export function createView({ options, write, bell, keys, names }: CreateViewOptions): View | undefined {
  const { stdout, env, platform } = process;
  const name = chooseView({ options, output: stdout.isTTY ? 'terminal' : 'other', environment: env });
  if (name === 'none') return undefined;
  if (name === 'json') return jsonView(write);
  const plain = { write: folded(write), detail: options.verbose ? 'verbose' : 'normal' } as const;
  if (names !== undefined) return severalView({ ...plain, names });
  if (name === 'plain') return plainView(plain);
  const live = liveView({
    terminal: terminalOf(stdout, write),
    look: lookFor(env, platform),
    keys,
    bell,
  });
  // It draws the state of a run, so earlier events are applied like new ones.
  return { ...live, earlier: (event) => live.event(event) };
}
