import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '../../../src/llm/server/circuit-breaker.ts';
import { startFakeLlamaServer } from '../../support/fake-llama-server/start-fake-llama-server.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { connectServer } from '../../../src/llm/connect-server.ts';
import { streamed } from '../model-on-fake.ts';
import { write } from '../reply-on-fake.ts';

/** Health answers as the list says, and then no more. */
function breakerWith(health: boolean[], { threshold = 2, timeoutMilliseconds = 10_000 } = {}) {
  const clock = instantClock();
  const answers = [...health];
  let asked = 0;
  const isHealthy = async () => {
    asked += 1;
    const answer = answers.shift();
    if (answer === undefined) throw new Error('connection refused');
    return answer;
  };
  return { breaker: new CircuitBreaker({ threshold, timeoutMilliseconds, isHealthy, clock }), clock, asked: () => asked };
}

function fail(breaker: CircuitBreaker, times: number): (string | undefined)[] {
  return Array.from({ length: times }, () => breaker.failed());
}

describe('a circuit breaker', () => {
  it('lets calls through at once until the server has failed often enough in a row', async () => {
    const { breaker, asked } = breakerWith([]);
    fail(breaker, 1);
    breaker.succeeded();
    fail(breaker, 1);
    expect(await breaker.ready()).toBe(0);
    expect(asked()).toBe(0);
  });

  it('then waits until health answers, and says so when it happens', async () => {
    const { breaker, clock, asked } = breakerWith([false, false, true]);
    const said = fail(breaker, 2);
    expect(said[0]).toBeUndefined();
    expect(said[1]).toMatch(/failed 2 times in a row.*at most 10 s/);
    expect(await breaker.ready()).toBeGreaterThanOrEqual(2000);
    expect([asked(), clock.slept]).toEqual([3, [1000, 1000]]);
  });

  it('lets a call through after the timeout all the same, to see', async () => {
    const { breaker, clock } = breakerWith([], { timeoutMilliseconds: 2500 });
    fail(breaker, 2);
    await breaker.ready();
    expect(clock.slept.slice(0, 2)).toEqual([1000, 1000]);
    expect(clock.slept.reduce((sum, milliseconds) => sum + milliseconds)).toBeLessThanOrEqual(2500);
  });

  it('waits once for a server that is gone, and no more for it until it was there again', async () => {
    const gone = Array.from({ length: 9 }, () => false);
    const { breaker, clock } = breakerWith([...gone.slice(0, 4), false, true, ...gone], { timeoutMilliseconds: 2500 });
    const slept = () => clock.slept.reduce((sum, milliseconds) => sum + milliseconds, 0);
    fail(breaker, 2);
    await breaker.ready();
    const [said] = fail(breaker, 1);
    const waited = slept();
    await breaker.ready();
    expect([said, slept()]).toEqual([undefined, waited]);
    fail(breaker, 1);
    await breaker.ready();
    expect(fail(breaker, 1)[0]).toContain('at most 3 s');
    await breaker.ready();
    expect(slept()).toBeGreaterThan(waited);
  });

  it('holds back again after one failure of the trial, and no more after its success', async () => {
    const { breaker, asked } = breakerWith([true, true]);
    fail(breaker, 2);
    await breaker.ready();
    expect(await breaker.ready()).toBe(0);
    expect(asked()).toBe(1);
    fail(breaker, 1);
    await breaker.ready();
    expect(asked()).toBe(2);
    breaker.succeeded();
    await breaker.ready();
    expect(asked()).toBe(2);
  });

  it('stops waiting with the reason of an abort', async () => {
    const { breaker } = breakerWith([]);
    fail(breaker, 2);
    const reason = new Error('enough');
    await expect(breaker.ready(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('calls to a server that fails', () => {
  const connect = async (address: string) =>
    await connectServer({
      engine: 'server',
      address,
      remote: 'refused',
      timeoutMilliseconds: 60_000,
      circuitBreaker: { threshold: 2, timeoutMilliseconds: 60_000 },
      clock: instantClock(),
    });

  it('are held back until its health answers, whichever model they ask, and the update says how long', async () => {
    await using server = await startFakeLlamaServer();
    const connection = await connect(server.address);
    server.setFault(0, { kind: 'status', status: 503 });
    server.setFault(1, { kind: 'refuse' });
    const first = await streamed(connection.model('a'));
    expect((first.error as Error).message).not.toContain('in a row');
    const second = await streamed(connection.model('b'));
    expect((second.error as Error).message).toContain('2 times in a row');

    server.setLoading('loading');
    const asked = server.calls.filter(({ path }) => path === '/health').length;
    const waiting = write({ model: connection.model('c') });
    await server.waitUntil(({ calls }) => calls.filter(({ path }) => path === '/health').length > asked + 2);
    expect(server.requests).toHaveLength(2);
    server.setLoading('ready');
    const { reply, updates } = await waiting;
    expect(reply?.text).toBe('Done.');
    expect(updates.find(({ type }) => type === 'call_ended')).toMatchObject({ heldBackMilliseconds: expect.any(Number) });
  });

  it('are not held back by failures that no waiting mends', async () => {
    await using server = await startFakeLlamaServer({ faults: [{ when: () => true, fault: { kind: 'status', status: 400 } }] });
    const connection = await connect(server.address);
    for (let call = 0; call < 4; call += 1) await streamed(connection.model());
    expect(server.requests).toHaveLength(4);
    expect((await streamed(connection.model())).parts).toEqual([]);
  });
});
