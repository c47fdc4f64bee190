import type { CrashScene, Writer } from './crash-scene.ts';

/** On a scene of manual pace: a process whose second reply has stopped inside of a file, with that much of it saved. The gate is closed. */
export async function writerInMidFile(scene: CrashScene): Promise<{ writer: Writer; run: string }> {
  const { gate } = scene.server;
  const writer = scene.start();
  const run = await writer.begun;
  gate.open();
  await scene.server.waitForEnd(0);
  gate.close();
  await scene.server.waitForRequest(1);
  gate.release(30);
  await scene.waitForEvent(run, ({ type, data }) => type === 'reply.delta' && data.activity === 'bug_fix/1' && data.tokens >= 20);
  return { writer, run };
}
