import { renderMaterial, renderStanding } from '../../agents/plans/render-material.ts';
import { demandedPaths } from '../../agents/plans/file-purpose.ts';
import { showsTurns } from '../../llm/profile/prompt-layout.ts';
import type { RemoteTeam } from '../../llm/remote-team.ts';
import { renderTranscript } from '../../llm/transcript.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { keepReply } from '../conversation/keep-reply.ts';
import { systemMessage, turnsOf, turnsSeenBy } from '../conversation/task-transcript.ts';
import { checkWrittenFiles } from '../conversing/check-written-files.ts';
import { proveWork } from '../conversing/prove-work.ts';
import { firstFindings } from '../../agents/loop/finding.ts';
import { replyCheckers } from '../judging/reply/reply-checkers.ts';
import { materialOfRun } from '../material-of-run.ts';
import { repairersOf } from '../repair/repairers-of.ts';
import { repairWork } from '../repair/repair-work.ts';
import { filesUnseenBy } from '../showing/seen-files.ts';
import { toldOfProject } from '../showing/told-of-project.ts';
import { toldTask } from '../step-kinds/told-task.ts';
import type { StepOptions } from '../step-kind.ts';
import type { TaskOutcome } from '../task-executor.ts';
import { remoteReply } from './remote-reply.ts';

/**
 * A step that a team elsewhere does as a whole. It is told what a model would be told; its reply is kept, judged, checked and repaired here, as any other is, and no file is
 * written but by the rules of this side.
 * @throws ModelError; the signal's reason.
 */
export async function remoteStep(step: StepOptions, team: RemoteTeam): Promise<TaskOutcome> {
  const { run, task } = step;
  const { style, name } = run.modelOf(task);
  const agent = run.agentOf(task.role);
  const told = await toldOfProject(step, toldTask(step));
  const material = await materialOfRun(run, task.task);
  // Nobody there can ask for a file: where earlier turns do not show them, all stand there whole.
  const standing = showsTurns(style.layout) ? '' : renderStanding(material.files);
  const message = `${standing}${renderMaterial({ material, layout: style.layout })}${agent.composeMessage(told, style)}`;
  const turns = turnsSeenBy(run, task.task);
  const { input } = run.journal.state;
  const messages = renderTranscript({ system: systemMessage(run, task), input, turns: turnsOf(run, task, turns), message });
  const activity = `${task.task}/${task.superseded + 1}`;
  const reply = await agent.track(told, step.assignment.signal, () => remoteReply({ step, team, activity, message, turns, messages }));

  const expected = task.expects === 'files' ? demandedPaths(task.taskType, material) : [];
  const unseen = await filesUnseenBy(step, activity);
  const kept = await keepReply(step, reply, { expected, isUnseen: unseen.isUnseen });
  const broken = await checkWrittenFiles(step);
  const checked = { step, material, message, reply, kept, gaveBefore: false, told: unseen.told, broken };
  const findings = await firstFindings(replyCheckers, checked);
  // What a check finds wrong with a file is repaired as it is everywhere.
  const wrong = findings.find(({ remedy }) => remedy !== 'repair');
  if (wrong !== undefined) {
    throw new MultiagentError({
      code: wrong.code,
      message: `${name} did not manage ${task.taskType}: ${wrong.message}.${kept.refused.length === 0 ? '' : ` Refused: ${kept.refused.join('; ')}.`}`,
      hint: `What it replied is kept: multiagent show ${run.run} --reply ${task.task}. A step that expects text takes a reply without files.`,
    });
  }
  await proveWork(step);
  const entries = [
    { role: 'user' as const, activity },
    { role: 'assistant' as const, activity },
  ];
  return repairWork(step, { status: 'completed', turn: entries }, repairersOf(step));
}
