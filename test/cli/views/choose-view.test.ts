import { expect, test } from 'vitest';
import { chooseView, type ChooseViewOptions } from '../../../src/cli/views/choose-view.ts';

const terminal: ChooseViewOptions = { options: {}, output: 'terminal', environment: { TERM: 'xterm-256color' } };

test.each<[string, Partial<ChooseViewOptions>, string]>([
  ['a terminal gets the live view', {}, 'live'],
  ['NO_COLOR does not take it away', { environment: { NO_COLOR: '1' } }, 'live'],
  ['a pipe gets plain lines', { output: 'other' }, 'plain'],
  ['a dumb terminal gets plain lines', { environment: { TERM: 'dumb' } }, 'plain'],
  ['a CI machine gets plain lines', { environment: { CI: 'true' } }, 'plain'],
  ['CI=false is no CI machine', { environment: { CI: 'false' } }, 'live'],
  ['--verbose gets plain lines, because the log is printed between them', { options: { verbose: true } }, 'plain'],
  ['--json gets events', { options: { json: true } }, 'json'],
  ['--quiet gets nothing', { options: { quiet: true } }, 'none'],
])('%s', (_promise, change, expected) => expect(chooseView({ ...terminal, ...change })).toBe(expected));
