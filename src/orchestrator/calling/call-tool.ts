import type { ActivityCompleted } from '../../events/activities/activity-kinds.ts';
import type { AskedCall } from '../../tools/prepare-call.ts';
import { runTool } from '../../tools/run-tool.ts';
import { errorResult, type ToolResult } from '../../tools/tool.ts';
import { printableLine } from '../../utils/printable.ts';
import { activitiesBefore } from '../activities/activities-before.ts';
import { performActivity } from '../activities/perform-activity.ts';
import { withContents } from '../checks/with-contents.ts';
import type { TaskConversation } from '../conversation/task-conversation.ts';
import type { StepOptions } from '../step-kind.ts';
import { type Called, calledOf, keyOfCalled } from './called.ts';
import { callText } from './called-sentence.ts';
import { filesForTools } from './files-for-tools.ts';
import { projectToLookAt } from './project-to-look-at.ts';
import { allToolsOfStep, othersIn } from './tools-of-step.ts';

export interface CallToolOptions {
  step: StepOptions;
  conversation: Pick<TaskConversation, 'between'>;
  call: AskedCall;
  /** How many tokens what it says may have, about. */
  room: number;
}

/** Whatever a command prints: more than this nobody reads. */
const most = { lines: 400, bytes: 20_000 };
/** Tokens of programs and their output are at least about as long as this. */
const bytesOfToken = 2;
const leastBytes = 1000;
const callMilliseconds = 120_000;

/**
 * Calls a tool on a copy of the project with what the run has written over it, and records that: a task that was cut off is answered from the journal. The same call
 * on the same files is not made twice.
 * @returns what the model is told, and the call as it is named then.
 */
export async function callTool({ step, conversation, call, room }: CallToolOptions): Promise<{ call: string; said: string }> {
  const { run, task, assignment } = step;
  const registry = await allToolsOfStep(run, task.calls?.tools ?? [], assignment.signal);
  const isOther = othersIn([call.name]).length > 0 && registry.get(call.name) !== undefined;
  const called: Called = { ...calledOf(registry, call), ...(isOther ? { executor: run.otherTools.executorOf(call.name) } : {}) };
  const known = await filesForTools(run);
  const isSame = (activity: ActivityOf) =>
    activity.kind === 'tool' &&
    activity.result !== undefined &&
    activity.filesHash === known.hash &&
    keyOfCalled(activity) === keyOfCalled(called);
  const result = await conversation.between(async (activity) => {
    // A task that goes on has the files already that it wrote after this call.
    const recorded = run.journal.state.activities.get(activity);
    const filesHash = recorded?.kind === 'tool' && keyOfCalled(recorded) === keyOfCalled(called) ? recorded.filesHash : known.hash;
    const isRepeated = activitiesBefore(run.journal.state, task.task, activity).some(isSame);
    return performActivity({
      task,
      activity,
      record: assignment.record,
      kind: 'tool',
      started: { ...called, filesHash },
      work: async (): Promise<Result> => {
        const began = run.clock.now();
        const told = isRepeated ? repeated : await perform();
        return {
          ...called,
          failed: told.isError,
          ...(isRepeated ? { repeated: true } : {}),
          ...(told.exitCode === undefined ? {} : { exitCode: told.exitCode }),
          durationMilliseconds: Math.max(0, run.clock.now() - began),
          told: await run.keepContent(Buffer.from(told.output)),
          ...(told.cut === undefined ? {} : { cut: { lines: told.cut.lines, bytes: told.cut.bytes } }),
        };
      },
    });
  });
  const said = Buffer.from((await run.contentOf(result.told)) ?? '').toString('utf8');
  return { call: callText(result), said };

  async function perform(): Promise<ToolResult> {
    const { sandbox, folder, workspace, environment, secrets } = run.commands;
    const output = { lines: most.lines, bytes: Math.min(most.bytes, Math.max(leastBytes, room * bytesOfToken)) };
    const limits = { signal: assignment.signal, callMilliseconds, output };
    const { permissions, ofOthers, ask } = run.callRights;
    if (isOther) {
      // It works on something else than the copy of a step.
      const place = { workspace, project: workspace, sandbox, network: 'none', environment, secrets } as const;
      return runTool(call, {
        registry,
        // The person has named the botserver for tools. What must not leave this machine is kept from it where requests are made.
        permissions: called.executor === 'agent' ? { ...ofOthers, risks: { ...ofOthers.risks, network: 'allow' } } : ofOthers,
        ask: (open) => ask(open, assignment.signal),
        context: { ...place, ...limits },
      });
    }
    let isLaidOut = false;
    try {
      return await withContents({ sandbox, folder, workspace, ...known }, (contents) => {
        isLaidOut = true;
        const project = projectToLookAt(run.journal.state.input, workspace) ?? contents.folder;
        const place = { workspace: contents.folder, project, sandbox: contents.sandbox, network: 'none', environment, secrets } as const;
        const context = { ...place, ...limits };
        return runTool(call, { registry, permissions, ask: (open) => ask(open, assignment.signal), context });
      });
    } catch (error) {
      if (isLaidOut) throw error;
      return errorResult(`The files could not be laid out for it: ${printableLine((error as Error).message)}.`);
    }
  }
}

type Result = Omit<ActivityCompleted<'tool'>, 'activity' | 'kind'>;
type ActivityOf = StepOptions['task']['activities'][number];

const repeated = {
  output: 'You have called this before, and nothing was written since: what it said stands above.',
  isError: false,
  exitCode: undefined,
  cut: undefined,
};
