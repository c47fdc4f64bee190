/**
 * Runs a workload with a team of KaibanJS. Chains only. It keeps nothing across a crash. Arguments: the address of the server, and the job as JSON.
 *
 * Its agents want JSON with an answer in it, which the stand-in for the server does not write: the model beside it asks with a bare `fetch`, as the others do,
 * and puts the reply into that form.
 */
import process from 'node:process';
import { SimpleChatModel } from '@langchain/core/language_models/chat_models';
import { ask, measured, messageOf, systemOf } from '../overhead/measured.ts';

process.env['KAIBAN_TELEMETRY_OPT_OUT'] = 'true';
const { Agent, Task, Team } = await import('kaibanjs');

const [address, json] = process.argv.slice(2);
const job = JSON.parse(json);
const roles = { system: 'system', human: 'user', ai: 'assistant' };

class BareModel extends SimpleChatModel {
  _llmType() {
    return 'bare';
  }

  async _call(messages) {
    const asked = messages.map((message) => ({ role: roles[message.getType()] ?? 'user', content: String(message.content) }));
    return JSON.stringify({ thought: 'The notes are written.', finalAnswer: await ask(address, asked) });
  }
}

await measured(job, async (steps) => {
  const agents = steps.map(
    (_, index) =>
      new Agent({
        name: `Agent ${index}`,
        role: 'member of a software team',
        goal: 'Write the notes of a step.',
        background: systemOf(index),
        llmInstance: new BareModel({}),
      }),
  );
  const tasks = steps.map(({ id }, index) => {
    const before = job.memory === 'all' || index === 0 ? '' : `\n\n{taskResult:task${index}}`;
    return new Task({
      title: id,
      description: `${index === 0 ? `${job.requirement} ` : ''}${messageOf(id)}${before}`,
      expectedOutput: 'The notes.',
      agent: agents[index],
    });
  });
  const team = new Team({ name: 'Bench', agents, tasks, logLevel: 'error', memory: job.memory === 'all' });
  const { status } = await team.start();
  if (status !== 'FINISHED') throw new Error(`the run ended as ${status}`);
});
process.exit(0);
