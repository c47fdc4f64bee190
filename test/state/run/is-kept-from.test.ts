import { describe, expect, it } from 'vitest';
import { isKeptFrom } from '../../../src/state/run/is-kept-from.ts';
import type { RunState } from '../../../src/state/run/run-state.ts';

const look = (id: string, more: object = {}) => ({ id, kind: 'agent', ...more });

/** A run of these steps, with tasks that its journal says to be private, or not. */
function runOf(steps: unknown, tasks: Record<string, boolean>): Pick<RunState, 'tasks' | 'definition'> {
  const records = Object.entries(tasks).map(([task, isPrivate]) => [task, { task, ...(isPrivate ? { private: true } : {}) }]);
  return { tasks: new Map(records as never), definition: { name: 'house', steps } };
}

describe('what was said in a task', () => {
  const run = runOf([look('open'), look('own'), look('rounds', { kind: 'loop', steps: [look('in')] }), look('last')], {
    open: false,
    own: true,
    'own/repair/1': false,
    rounds: true,
    'rounds/1/in': false,
    'rounds/2/in': false,
    last: false,
  });

  it.each([
    ['open', 'last', false],
    ['own', 'last', true],
    ['own', 'own/repair/1', true],
    ['own/repair/1', 'last', true],
    ['rounds/1/in', 'last', true],
    ['rounds/1/in', 'rounds/2/in', false],
    ['rounds/1/in', 'rounds', true],
    ['open', 'rounds/1/in', false],
  ])('%s is kept from %s: %j', (said, reader, expected) => {
    expect(isKeptFrom(run, said, reader)).toBe(expected);
  });
});
