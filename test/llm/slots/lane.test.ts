import { expect, it } from 'vitest';
import { Lane } from '../../../src/llm/slots/lane.ts';

it('lets one in at a time, in the order of coming', async () => {
  const lane = new Lane();
  const seen: string[] = [];
  const visit = async (name: string) => {
    const leave = await lane.enter();
    seen.push(`${name} in`);
    await Promise.resolve();
    seen.push(`${name} out`);
    leave();
    leave();
  };
  await Promise.all(['a', 'b', 'c'].map(visit));
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
});

it('whoever gives up while waiting holds nobody up, and lets nobody in early', async () => {
  const lane = new Lane();
  const leave = await lane.enter();
  const controller = new AbortController();
  const second = lane.enter(controller.signal);
  let isIn = false;
  const third = lane.enter().then(() => (isIn = true));
  controller.abort(new Error('given up'));
  await expect(second).rejects.toThrow('given up');
  expect(isIn).toBe(false);
  leave();
  await third;
  expect(isIn).toBe(true);
});

it('does not let in whoever has given up before', async () => {
  await expect(new Lane().enter(AbortSignal.abort(new Error('given up')))).rejects.toThrow('given up');
});
