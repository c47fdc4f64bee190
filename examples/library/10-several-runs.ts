/** Several runs that share one model: each is told as it ends, and one that cannot start keeps no other from running. */
import { AgentOrchestrator, startRuns } from '@multiagent-team/multiagent';

const orchestrator = new AgentOrchestrator({ config: { engine: 'embedded' }, embeddedSlots: 2 });
try {
  const things = ['bookmark', 'recipe', 'invoice'];
  const asked = things.map((thing) => ({
    workflow: 'bug_fix',
    requirement: `Deleting a ${thing} twice crashes. A ${thing} has a title and a date. The program is written in Python.`,
  }));
  const { runs, atOnce } = await startRuns(orchestrator, asked);
  console.log(`${runs.length} runs, ${atOnce} at once`);
  await Promise.all(
    runs.map(async ({ id, result }, index) => {
      try {
        const { status, usage } = await result;
        console.log(`${things[index]}: ${status}, ${usage.replyTokens} tokens written (${id})`);
      } catch (error) {
        console.log(`${things[index]}: not started: ${String(error)}`);
      }
    }),
  );
} finally {
  await orchestrator.close();
}
