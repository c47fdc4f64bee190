/** Runs a workload with Mastra's workflows and its LibSQL store. Chains only. Arguments: the address of the server, and the job as JSON. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Mastra } from '@mastra/core';
import { createStep, createWorkflow } from '@mastra/core/workflows';
import { LibSQLStore } from '@mastra/libsql';
import { z } from 'zod';
import { ask, measured, messageOf, systemOf } from '../overhead/measured.ts';

const [address, json] = process.argv.slice(2);
const job = JSON.parse(json);
const folder = await mkdtemp(join(tmpdir(), 'bench-mastra-'));
const storage = new LibSQLStore({ id: 'bench', url: `file:${join(folder, 'mastra.db')}` });
const shape = z.object({ messages: z.array(z.object({ role: z.string(), content: z.string() })) });
let number = 0;

await measured(job, async (steps) => {
  const id = `bench-${(number += 1)}`;
  let workflow = createWorkflow({ id, inputSchema: shape, outputSchema: shape });
  for (const [index, step] of steps.entries())
    workflow = workflow.then(
      createStep({
        id: step.id,
        inputSchema: shape,
        outputSchema: shape,
        execute: async ({ inputData: { messages } }) => {
          const user = { role: 'user', content: messageOf(step.id) };
          const reply = await ask(address, [{ role: 'system', content: systemOf(index) }, ...messages, user]);
          const said = [user, { role: 'assistant', content: reply }];
          return { messages: job.memory === 'all' ? [...messages, ...said] : said };
        },
      }),
    );
  const mastra = new Mastra({ storage, workflows: { [id]: workflow.commit() }, logger: false });
  const run = await mastra.getWorkflow(id).createRun();
  const result = await run.start({ inputData: { messages: [{ role: 'user', content: job.requirement }] } });
  if (result.status !== 'success') throw new Error(`the run ended as ${result.status}`);
});
await rm(folder, { recursive: true });
process.exit(0);
