/** The smallest program: a requirement goes in, files come out in `output/generated/latest` of this folder. */
import { AgentOrchestrator, WorkflowEngine } from '@multiagent-team/multiagent';

// The embedded engine with the tiny demo model. Leave `config` out to use the llama-server of this machine.
const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });
try {
  const engine = new WorkflowEngine(orchestrator);
  const requirement = 'A bookmark manager in Python. A bookmark has a title and a url. Bookmarks can be added, listed and deleted.';
  const result = await engine.executeWorkflow('feature_development', requirement);

  console.log(`${result.status}: ${result.workflow_id}`);
  for (const task of Object.values(result.tasks)) {
    const files = task.result?.files_created.map(({ path }) => path) ?? [];
    console.log(`${task.task_id} (${task.agent_role}): ${task.error ?? files.join(', ')}`);
  }
} finally {
  await orchestrator.close();
}
