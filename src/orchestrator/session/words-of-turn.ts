import type { RunState, TaskRecord } from '../../state/run/run-state.ts';
import { replyOfTurn } from '../../state/run/turn-of.ts';
import { outsideOfCode } from '../../tools/calls/outside-of-code.ts';
import { shorten } from '../../utils/printable.ts';

const longest = 400;

/** What was asked and answered in a turn, in short: two lines. */
export function wordsOfTurn({ description, turn }: Pick<TaskRecord, 'description' | 'turn'>, state: RunState): string {
  const reply = turn === undefined ? '' : (replyOfTurn(turn, state)?.text ?? '');
  return `- Asked: ${inShort(description)}\n  Answered: ${inShort(outsideOfCode(reply))}`;
}

function inShort(text: string): string {
  return shorten(text.replaceAll(/\s+/g, ' ').trim(), longest) || '(with a file)';
}
