import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { zshScript } from './zsh.ts';

/** The shells that words can be completed in, each with its script. */
export const completionScripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const satisfies Record<
  string,
  (start: string) => string
>;

export type CompletionShell = keyof typeof completionScripts;
