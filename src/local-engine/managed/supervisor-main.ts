/**
 * The process that supervises a llama-server in the background: it outlives the command that started it, and the terminal. Its only argument is
 * JSON. SIGTERM stops it and its server. Exit codes: 0 stopped, 1 the server failed, 4 another supervisor has the port.
 */
import process from 'node:process';
import { z } from 'zod';
import { systemClock } from '../../utils/clock.ts';
import { markProcess } from '../../utils/process-identity.ts';
import { superviseServer } from './supervise-server.ts';

const schema = z.object({
  folder: z.string(),
  port: z.int(),
  address: z.string(),
  model: z.string(),
  program: z.string(),
  arguments: z.array(z.string()),
  policy: z.object({ most: z.number(), withinMilliseconds: z.number(), firstDelayMilliseconds: z.number() }).optional(),
});

const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort());
process.on('SIGHUP', () => undefined);

const supervisor = markProcess(process.pid) ?? { pid: process.pid, began: '' };
const end = await superviseServer({
  ...schema.parse(JSON.parse(process.argv[2] ?? '')),
  supervisor,
  clock: systemClock,
  signal: stop.signal,
});
process.exitCode = { stopped: 0, failed: 1, port_taken: 4 }[end];
