import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from '../../../src/llm/model-error.ts';
import { watchCall } from '../../../src/llm/chat/watch-call.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const healthy = async () => true;
const reasonOf = (signal: AbortSignal) => signal.reason as ModelError;

describe('watchCall', () => {
  it('lets a silent call live before its first token as long as health answers', async () => {
    const isHealthy = vi.fn<() => Promise<boolean>>(async () => true);
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy });
    await vi.advanceTimersByTimeAsync(10_500);
    expect(isHealthy).toHaveBeenCalledTimes(10);
    expect(watch.signal.aborted).toBe(false);
  });

  it.each([
    ['says no', async () => false],
    ['cannot be asked', async () => Promise.reject(new Error('refused'))],
  ])('ends a call before its first token when health %s', async (_, isHealthy) => {
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy });
    await vi.advanceTimersByTimeAsync(999);
    expect(watch.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(reasonOf(watch.signal)).toMatchObject({ kind: 'transient', code: 'server.silent' });
  });

  it('ends a call that pauses after a token, whatever health says', async () => {
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy: healthy });
    watch.alive('token');
    await vi.advanceTimersByTimeAsync(1000);
    expect(reasonOf(watch.signal)).toMatchObject({ kind: 'transient', code: 'server.silent' });
  });

  it('counts the pause from the newest sign of life', async () => {
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy: async () => false });
    for (let sign = 0; sign < 5; sign += 1) {
      watch.alive(sign < 3 ? 'prompt_progress' : 'token');
      await vi.advanceTimersByTimeAsync(999);
    }
    expect(watch.signal.aborted).toBe(false);
  });

  it('does not end a call that gave a sign of life while its health was asked', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy: async () => promise });
    await vi.advanceTimersByTimeAsync(1000);
    watch.alive('token');
    resolve(false);
    await vi.advanceTimersByTimeAsync(999);
    expect(watch.signal.aborted).toBe(false);
  });

  it("hands on the caller's abort with its reason", () => {
    const controller = new AbortController();
    using watch = watchCall({ timeoutMilliseconds: 1000, isHealthy: healthy, signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    expect(watch.signal.reason).toBe(reason);
  });

  it('leaves no timer and no question behind when the call is over', async () => {
    let asked: AbortSignal | undefined;
    const watch = watchCall({
      timeoutMilliseconds: 1000,
      isHealthy: async (signal) => {
        asked = signal;
        return await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
      },
    });
    await vi.advanceTimersByTimeAsync(1000);
    watch[Symbol.dispose]();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked?.aborted).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});
