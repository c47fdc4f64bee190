/** Runs a workload with LangGraph.js and its SQLite saver. Arguments: the address of the server, and the job as JSON. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Annotation, StateGraph } from '@langchain/langgraph';
import { SqliteSaver } from '@langchain/langgraph-checkpoint-sqlite';
import { openSqlite } from './sqlite-of-node.js';
import { ask, measured, messageOf, systemOf } from '../overhead/measured.ts';

const [address, json] = process.argv.slice(2);
const job = JSON.parse(json);
const folder = await mkdtemp(join(tmpdir(), 'bench-langgraph-'));
const checkpointer = new SqliteSaver(openSqlite(join(folder, 'checkpoints.db')));
let thread = 0;

const all = Annotation.Root({ messages: Annotation({ reducer: (before, more) => [...before, ...more], default: () => [] }) });
const last = Annotation.Root({ messages: Annotation({ reducer: (_, more) => more, default: () => [] }) });

await measured(job, async (steps) => {
  const graph = new StateGraph(job.memory === 'all' ? all : last);
  const needed = new Set(steps.flatMap(({ needs }) => needs));
  for (const [index, { id }] of steps.entries())
    graph.addNode(id, async ({ messages }) => {
      const user = { role: 'user', content: messageOf(id) };
      const reply = await ask(address, [{ role: 'system', content: systemOf(index) }, ...messages, user]);
      return { messages: [user, { role: 'assistant', content: reply }] };
    });
  for (const { id, needs } of steps) {
    graph.addEdge(needs.length === 0 ? '__start__' : needs.length === 1 ? needs[0] : needs, id);
    if (!needed.has(id)) graph.addEdge(id, '__end__');
  }
  const compiled = graph.compile({ checkpointer });
  await compiled.invoke(
    { messages: [{ role: 'user', content: job.requirement }] },
    { configurable: { thread_id: String((thread += 1)) }, recursionLimit: steps.length + 10 },
  );
});
checkpointer.db.close();
await rm(folder, { recursive: true });
