import { expect, test } from 'vitest';
import { jsonView } from '../../../src/cli/views/json-view.ts';
import type { JournalEvent } from '../../../src/events/run-stream-events.ts';

test('an event is one line that a terminal cannot obey, whatever a model wrote into it', () => {
  const event = { type: 'reply.delta', data: { text: 'a\u009b31m\u202e\nb' } } as unknown as JournalEvent;
  const written: string[] = [];
  jsonView((text) => written.push(text)).event(event);
  expect(written.join('')).toMatch(/^[\x20-\x7e]*\n$/);
  expect(JSON.parse(written.join(''))).toEqual(event);
});
