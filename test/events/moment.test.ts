import { expect, test } from 'vitest';
import { standardEvents } from '../../src/events/event-registry.ts';
import { latestTime } from '../../src/utils/clock.ts';

const tasks = { completed: 0, total: 1 };
const asked = { task: 'a', round: 1, wants: 'approval', ask: 'May it?', shown: [], diff: '', leftOut: 0, against: 'project' };

test.each([
  ['task.asked', asked],
  ['task.waiting', { task: 'a', reason: 'approval' }],
  ['run.waiting', { signals: [], tasks }],
])(
  '%s waits until a moment that a date can show: what a journal from elsewhere says beyond is damage, and breaks no command',
  (type, data) => {
    const kindWith = (until: number) => standardEvents().interpret({ stream: 'run:r', type, version: 1, data: { ...data, until } }).kind;
    expect(kindWith(latestTime)).toBe('known');
    expect([1e300, -1e300, latestTime + 1].map(kindWith)).toEqual(['damaged', 'damaged', 'damaged']);
  },
);
