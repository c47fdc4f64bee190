import { replyOfTurn } from '../../state/run/turn-of.ts';
import { carryOut } from '../assignments/carry-out.ts';
import { isIterated } from '../composite/iterations.ts';
import { askForJson } from '../json-replies/ask-for-json.ts';
import { shapeOfSchema } from '../json-replies/json-shape.ts';
import { callsNatively, callsOf } from '../calls-of.ts';
import { callsInText, callsNativelyToo, withWords } from '../calling/told-of-tools.ts';
import { allToolsOfStep } from '../calling/tools-of-step.ts';
import { materialOfRun } from '../material-of-run.ts';
import { settleConversation } from '../conversing/settle-conversation.ts';
import { keepText } from '../conversation/keep-text.ts';
import { TaskConversation } from '../conversation/task-conversation.ts';
import { systemMessage, turnsSeenBy } from '../conversation/task-transcript.ts';
import { samplingSchema } from '../../config/sampling-settings.ts';
import { agentDeclaration } from '../../workflows/step-kind-declaration.ts';
import { agentStepOptions } from '../../workflows/workflow-schema.ts';
import type { BuiltInStepKind } from '../step-kind.ts';
import { proveWork } from '../conversing/prove-work.ts';
import { repairersOf } from '../repair/repairers-of.ts';
import { repairWork } from '../repair/repair-work.ts';
import { showBefore } from '../showing/show-before.ts';
import { toldOfProject } from '../showing/told-of-project.ts';
import { outcomeOfWork } from './outcome-of-work.ts';
import { toldOfConversation } from '../session/told-of-conversation.ts';
import { toldTask } from './told-task.ts';

const options = agentStepOptions.safeExtend({ sampling: samplingSchema().optional() });

/**
 * An agent does its task: what it plans is asked for one thing at a time; where it plans nothing, one message asks for all, and at most one corrective turn
 * follows.
 */
export const agentStep: BuiltInStepKind<typeof options> = {
  name: 'agent',
  ...agentDeclaration,
  options,
  needs: ({ role, expects }) => ({
    model: true,
    role,
    expects: typeof expects === 'object' ? 'text' : expects === 'either' ? 'files' : expects,
  }),
  async execute(options) {
    const { run, task, assignment, woken } = options;
    if (woken?.by === 'tasks') {
      return outcomeOfWork(options, async () => {
        await proveWork(options);
        return repairWork(options, { status: 'completed', turn: task.said }, repairersOf(options));
      });
    }
    const agent = run.agentOf(task.role);
    const role = run.modelOf(task);
    const calls = callsOf(options);
    const tools = await allToolsOfStep(run, calls?.tools ?? [], assignment.signal);
    const plain = toldTask(options);
    const inText = calls === undefined ? '' : callsInText(calls, tools, plain.expects);
    const isNative = calls !== undefined && callsNatively(options);
    const offered = isNative ? { tools: tools.describe(), inText } : undefined;
    const conversation = new TaskConversation({ run, role, system: systemMessage(run, task), assignment, offered });
    const seen = turnsSeenBy(run, task.task);
    const asked = toldOfConversation(plain, { state: run.journal.state, task, layout: conversation.style.layout, seen });
    const about = isNative ? callsNativelyToo(calls, plain.expects) : inText;
    const told = withWords(await toldOfProject(options, asked), about);
    const outcome = await outcomeOfWork(options, async () => {
      const material = await materialOfRun(run, task.task);
      if (task.schema !== undefined) {
        showBefore({ step: options, conversation, material, asking: 'cannot_ask' });
        const shape = shapeOfSchema(task.schema);
        const json = await askForJson({ step: options, conversation, shape, begin: () => agent.runTask(told, conversation) });
        await keepText(options, JSON.stringify(json, null, 2), { ending: 'json' });
        return { status: 'completed', turn: conversation.turn, outputs: { json } };
      }
      // Whoever is to call tools has to have the whole step before it.
      const plan = calls === undefined ? agent.plan(told, material, role.style) : undefined;
      if (plan !== undefined) {
        const whole = { step: options, task: told, agent, conversation };
        return agent.track(told, conversation.signal, () => carryOut(whole, plan));
      }
      showBefore({ step: options, conversation, material, asking: 'may_ask' });
      return settleConversation({ step: options, conversation, material, begin: () => agent.runTask(told, conversation) });
    });
    told.completedAt = run.clock.now();
    // The loop sees that nothing has changed, and ends.
    if (outcome.status === 'failed' && outcome.error.code === 'reply.unchanged' && isIterated(run.journal.state, task))
      return { status: 'completed', turn: conversation.turn, because: 'The reply repeats the files as they stand.' };
    if (outcome.status === 'failed') told.error = outcome.error.message;
    if (outcome.status !== 'completed') return outcome;
    told.result = replyOfTurn(outcome.turn, run.journal.state)?.text;
    return outcomeOfWork(options, () => repairWork(options, outcome, repairersOf(options)));
  },
};
