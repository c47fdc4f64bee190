import { describe, expect, it } from 'vitest';
import { eventLog } from '../../../src/orchestrator/run/event-log.ts';
import type { NewEvent } from '../../../src/state/store/event-store.ts';
import { added, runEvent, started } from '../../support/run-events.ts';
import { numbered } from '../../state/run/random-history.ts';

const error = { code: 'reply.useless', message: 'No file was given.', hint: 'Use a model made for code.' };

function logged(events: NewEvent[]): string[] {
  const lines: string[] = [];
  const write = (level: string) => (message: string, data?: object) => void lines.push(`${level} ${message} ${JSON.stringify(data)}`);
  const listen = eventLog({ debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') });
  for (const event of numbered(events)) listen(event);
  return lines;
}

describe('what the log tells of a run', () => {
  it('says which step failed, why, what to do about it, and what was skipped for it', () => {
    expect(
      logged([
        started('r'),
        added('r', 'a', 1),
        added('r', 'b', 2),
        runEvent('r', 'task.started', { task: 'a', attempt: 1, agent: 'dev_001' }),
        runEvent('r', 'call.ended', {
          activity: 'a/1',
          call: 1,
          finishReason: 'error',
          error: { code: 'model.gone', message: 'It broke off.' },
        }),
        runEvent('r', 'task.failed', { task: 'a', error }),
        runEvent('r', 'task.skipped', { task: 'b', reason: 'dependency_failed', because: 'a' }),
      ]),
    ).toEqual([
      'info A step begins {"run":"r","task":"a","attempt":1,"agent":"dev_001"}',
      'warn A call to the model failed {"run":"r","task":"a","call":1,"error":{"code":"model.gone","message":"It broke off."}}',
      `error A step failed {"run":"r","task":"a","error":${JSON.stringify(error)}}`,
      'warn A step was skipped {"run":"r","task":"b","because":"a"}',
    ]);
  });

  it('does not tell again what another run has done, until it is done anew', () => {
    const begin = started('r');
    const builds = { ...begin, data: { ...begin.data, inherits: { run: 'earlier', how: 'rerun', tasks: ['a'] } } } as NewEvent;
    const begins = runEvent('r', 'task.started', { task: 'a', attempt: 1, agent: 'dev_001' });
    expect(logged([builds, added('r', 'a'), begins, runEvent('r', 'task.completed', { task: 'a' })])).toEqual([]);
    expect(logged([builds, added('r', 'a'), runEvent('r', 'task.reopened', { task: 'a', reason: 'retry' }), begins])).toHaveLength(2);
  });

  it('holds nothing of what was said to the model or what it replied', () => {
    const reply = runEvent('r', 'reply.delta', { activity: 'a/1', text: 'secret', tokens: 1, milliseconds: 1 });
    expect(logged([started('r'), added('r', 'a'), reply])).toEqual([]);
  });
});
