/** An agent of one's own takes the developer's place: it states the rules of the house, and looks at each reply before it counts. */
import { type AgentReply, AgentOrchestrator, BaseAgent, MultiagentError, type Task, type TaskSession } from '@multiagent-team/multiagent';

class HouseDeveloper extends BaseAgent {
  constructor() {
    super({ id: 'house_dev', role: 'developer', title: 'Developer' });
  }

  override getSystemPrompt(): string {
    return 'Write Python that needs no packages. Every function has type annotations.';
  }

  override async processTask(task: Task, session: TaskSession): Promise<AgentReply> {
    const reply = await super.processTask(task, session);
    if (!/^import (requests|numpy)\b/m.test(reply.text)) return reply;
    throw new MultiagentError({ code: 'house.package', message: 'The code needs a package.', hint: 'Ask for the standard library only.' });
  }
}

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' }, agents: [new HouseDeveloper()] });
try {
  const task = {
    taskType: 'implementation',
    description: 'Implement the feature',
    requirement: 'A bookmark manager in Python. A bookmark has a title and a url. Bookmarks can be added and listed.',
    expects: 'files',
  } as const;
  const { status, result, error } = await orchestrator.executeTask(task, 'house_dev');
  console.log(status, error ?? result?.files_created.map(({ path }) => path));
} finally {
  await orchestrator.close();
}
