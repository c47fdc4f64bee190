import { EventEmitter } from 'node:events';
import process from 'node:process';
import { expect, it } from 'vitest';
import { LiveKeys } from '../../../../src/cli/views/live/live-keys.ts';

function pressed() {
  const state = { isRaw: false };
  const input = Object.assign(new EventEmitter(), {
    setRawMode: (isRaw: boolean) => (state.isRaw = isRaw),
    resume: () => undefined,
    pause: () => undefined,
  });
  const heard: string[] = [];
  const keys = new LiveKeys(
    input,
    (key) => heard.push(key),
    (signal) => heard.push(signal),
  );
  return {
    keys,
    state,
    heard,
    press: (text: string) => input.emit('data', Buffer.from(text)),
    listeners: () => input.listenerCount('data'),
  };
}

it('keys are heard while it listens, and only then', () => {
  const { keys, heard, press, state, listeners } = pressed();
  press('a');
  keys.listen();
  keys.listen();
  press('p');
  keys.rest();
  keys.rest();
  press('b');
  expect([heard, state.isRaw, listeners()]).toEqual([['p'], false, 0]);
});

it('Ctrl-C and Ctrl-\\ are the signals that they always are', () => {
  const { keys, heard, press } = pressed();
  keys.listen();
  press('\u0003');
  press('\u001c');
  expect(heard).toEqual(['SIGINT', 'SIGQUIT']);
});

it('Ctrl-Z gives the terminal back until the program goes on', () => {
  const { keys, heard, press, state } = pressed();
  keys.listen();
  press('\u001a');
  expect([heard, state.isRaw]).toEqual([['SIGTSTP'], false]);
  process.emit('SIGCONT', 'SIGCONT');
  expect(state.isRaw).toBe(true);
  keys.rest();
});
