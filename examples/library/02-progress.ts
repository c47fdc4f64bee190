/** Follows a run by its events, and stops it cleanly on Ctrl-C: what had arrived by then is kept. */
import process from 'node:process';
import { AgentOrchestrator, type JournalEvent, WorkflowEngine } from '@multiagent-team/multiagent';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

/** Every event has a type, and its data has the shape that belongs to the type. */
function report({ type, data }: JournalEvent): void {
  if (type === 'task.started') console.log(`${data.task}: ${data.agent} begins`);
  if (type === 'task.failed') console.log(`${data.task} failed: ${data.error.message}`);
  if (type === 'artifact.written') console.log(`  ${data.outcome} ${data.path} (${data.bytes} bytes)`);
  if (type === 'call.ended' && data.usage) {
    const { readTokens = 'unknown', cachedTokens = 'unknown', replyTokens = 'unknown' } = data.usage;
    console.log(`  tokens: ${readTokens} read, ${cachedTokens} from the cache, ${replyTokens} written`);
  }
}

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' }, onEvent: report });
try {
  const engine = new WorkflowEngine(orchestrator);
  const requirement = 'Deleting a bookmark twice crashes. A bookmark has a title and a url. The program is written in Python.';
  const { status, usage } = await engine.executeWorkflow('bug_fix', requirement, {}, { signal: stop.signal });
  console.log(`${status}, ${usage.replyTokens} tokens written`);
} finally {
  await orchestrator.close();
}
