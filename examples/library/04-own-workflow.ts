/** A workflow of one's own: the developer writes, the QA engineer tests and a role of one's own reviews, in this order. */
import { AgentOrchestrator, BaseAgent, WorkflowEngine } from '@multiagent-team/multiagent';

class SecurityReviewer extends BaseAgent {
  override getSystemPrompt(): string {
    return 'You look for what an attacker could use. You name the file, the risk and the mend.';
  }
}

const orchestrator = new AgentOrchestrator({
  config: { engine: 'embedded' },
  agents: [new SecurityReviewer({ id: 'sec_001', role: 'security_reviewer', title: 'Security Reviewer' })],
});
try {
  const engine = new WorkflowEngine(orchestrator);
  const build = { id: 'build', role: 'developer', task_type: 'implementation', description: 'Implement it', expects: 'files' } as const;
  const test = { id: 'test', role: 'qa_engineer', task_type: 'testing', description: 'Write tests', expects: 'files' } as const;
  const review = {
    id: 'review',
    role: 'security_reviewer',
    task_type: 'security_review',
    description: 'Review it',
    expects: 'text',
  } as const;
  engine.registerWorkflow({
    name: 'reviewed_build',
    title: 'Reviewed build',
    description: 'Code with tests and a security review.',
    steps: [build, { ...test, depends_on: ['build'] }, { ...review, depends_on: ['build', 'test'] }],
  });
  const result = await engine.executeWorkflow(
    'reviewed-build',
    'A todo list in Python. A todo has a title. Todos can be added and listed.',
  );
  for (const { task_id, status, duration } of Object.values(result.tasks)) console.log(`${task_id}: ${status} in ${duration} s`);
} finally {
  await orchestrator.close();
}
