/** Runs a workload with VoltAgent's workflow chains and its LibSQL memory. Chains only. Arguments: the address of the server, and the job as JSON. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createWorkflowChain, Memory } from '@voltagent/core';
import { LibSQLMemoryAdapter } from '@voltagent/libsql';
import { z } from 'zod';
import { ask, measured, messageOf, systemOf } from '../overhead/measured.ts';

const [address, json] = process.argv.slice(2);
const job = JSON.parse(json);
const folder = await mkdtemp(join(tmpdir(), 'bench-voltagent-'));
const memory = new Memory({ storage: new LibSQLMemoryAdapter({ url: `file:${join(folder, 'memory.db')}` }) });
const shape = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });
let number = 0;

await measured(job, async (steps) => {
  const id = `bench-${(number += 1)}`;
  let chain = createWorkflowChain({ id, name: id, input: shape, result: shape, memory, checkpointInterval: 1 });
  for (const [index, step] of steps.entries())
    chain = chain.andThen({
      id: step.id,
      execute: async ({ data: { messages } }) => {
        const user = { role: 'user', content: messageOf(step.id) };
        const reply = await ask(address, [{ role: 'system', content: systemOf(index) }, ...messages, user]);
        const said = [user, { role: 'assistant', content: reply }];
        return { messages: job.memory === 'all' ? [...messages, ...said] : said };
      },
    });
  const result = await chain.run({ messages: [{ role: 'user', content: job.requirement }] });
  if (result.status !== 'completed') throw new Error(`the run ended as ${result.status}`);
});
await rm(folder, { recursive: true });
process.exit(0);
