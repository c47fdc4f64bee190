/** A process of its own for tests: runs `bug_fix` or a workflow that it is given, or goes on with a run, and may kill itself at a certain moment. Prints the run's id when it has begun. */
import files from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { AgentOrchestrator } from '../../src/orchestrator/agent-orchestrator.ts';
import { WorkflowEngine } from '../../src/orchestrator/workflow-engine.ts';
import { SqliteEventStore } from '../../src/state/store/sqlite-event-store.ts';
import { knowingProject } from '../support/store-with-project.ts';
import { MultiagentError } from '../../src/utils/multiagent-error.ts';
import { countingClock } from './counting-clock.ts';
import type { WriterPlan } from './crash-scene.ts';

const plan = JSON.parse(process.argv[2] ?? '') as WriterPlan;
const { moment } = plan;
const counts = new Map<string, number>();

function pass(place: string): void {
  const count = (counts.get(place) ?? 0) + 1;
  counts.set(place, count);
  if (moment === undefined || count !== moment.number) return;
  if (place === ('after' in moment ? `after ${moment.after}` : `before ${moment.before}`)) process.kill(process.pid, 'SIGKILL');
}

const { renameSync } = files;
files.renameSync = (from, to) => {
  // Links to the newest run are renamed too, and are no files; what keeps the folder out of Git and of tests is no result.
  if (String(from).endsWith('.tmp') && !/(?:latest|\/\.gitignore|\/conftest\.py)$/.test(String(to))) pass('before rename');
  renameSync(from, to);
};
syncBuiltinESMExports();

// Leases are judged by the real clock, whatever the run's clock is.
const opened = SqliteEventStore.open({ path: join(plan.workspace, '.multiagent', 'state.db') });
const store = plan.project === undefined ? opened : knowingProject(opened, plan.project);
const append = store.append.bind(store);
store.append = async (options) => {
  for (const { type } of options.events) pass(`before ${type}`);
  return append(options);
};
const putContent = store.putContent.bind(store);
store.putContent = async (content, options) => {
  const hash = await putContent(content, options);
  pass('after content');
  return hash;
};

let told = false;
const orchestrator = new AgentOrchestrator({
  workspace: plan.workspace,
  config: plan.config,
  clock: countingClock(plan.clockStart),
  store,
  ...plan.orchestrator,
  onEvent: ({ stream, type, data }) => {
    if (!told) process.stdout.write(`${stream}\n`);
    told = true;
    if (type === 'activity.completed') process.stdout.write(`finished:${data.activity}\n`);
    pass('after event');
  },
});
const engine = new WorkflowEngine(orchestrator);
for (const definition of plan.workflows ?? []) engine.registerWorkflow(definition);
try {
  const result =
    plan.resume === undefined
      ? await engine.executeWorkflow(plan.workflows?.[0]?.name ?? 'bug_fix', 'The total of an invoice is wrong.')
      : await orchestrator.resumeRun(plan.resume);
  process.stdout.write(`${result.status}\n`);
} catch (error) {
  process.stdout.write(`${error instanceof MultiagentError ? error.code : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await orchestrator.close();
  await store.close();
}
