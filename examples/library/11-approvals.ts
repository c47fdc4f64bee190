/** A step that waits for a person, and a program that decides for them: the run rests meanwhile, and needs no process. */
import { AgentOrchestrator, decideRun, questionsOfRun, resumeRun, sayToRun, startRun, WorkflowEngine } from '@multiagent-team/multiagent';

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' } });
try {
  new WorkflowEngine(orchestrator).registerWorkflow({
    name: 'approved-build',
    steps: [
      { id: 'build', role: 'developer', task_type: 'implementation', description: 'Implement it', expects: 'files' },
      { id: 'release', kind: 'approval', ask: 'May this go out?', depends_on: ['build'] },
      { id: 'test', role: 'qa_engineer', task_type: 'testing', description: 'Write tests', expects: 'files', depends_on: ['release'] },
    ],
  });
  const requirement = 'A todo list in Python. A todo has a title. Todos can be added and listed.';
  const { id, result } = startRun(orchestrator, { workflow: 'approved-build', requirement });
  console.log((await result).status);

  // Any process may ask and decide, also days later. The decision is about what was shown, and only about that.
  for (const { task, question } of await questionsOfRun(orchestrator, id)) {
    const paths = question.shown.map(({ path }) => path);
    console.log(`${task.task}: ${question.ask}`, paths);
    // Every step that begins later reads it.
    await sayToRun(orchestrator, id, 'Keep the tests short.', { by: 'release-bot' });
    const isFine = paths.every((path) => path.endsWith('.py'));
    const decision = isFine ? ({ decision: 'approved' } as const) : ({ decision: 'rejected', comment: 'Python alone, please.' } as const);
    const { decided } = await decideRun(orchestrator, id, decision, { task: task.task, by: 'release-bot' });
    console.log(`${decided.decision} by ${decided.by}`);
  }
  const resumed = await resumeRun(orchestrator, id);
  console.log((await resumed.result).status);
} finally {
  await orchestrator.close();
}
