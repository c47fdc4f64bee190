import { createTeam } from '../agents/create-team.ts';
import { builtInRoles, type RoleCatalogue } from '../agents/role-catalogue.ts';
import { completeSettings } from '../config/complete-settings.ts';
import type { ChatMessage } from '../llm/chat-model.ts';
import { findModelProfile, type ModelProfile } from '../llm/profile/model-profile.ts';
import { renderTranscript, type Turn, shownTurn } from '../llm/transcript.ts';
import { digestsOfReply } from '../state/run/digests-of-reply.ts';
import type { RunState, TaskRecord } from '../state/run/run-state.ts';
import { turnOf } from '../state/run/turn-of.ts';
import { repliesOf } from '../state/run/activities-of.ts';
import { askedParts, repliedParts } from '../events/native-call.ts';
import { callsAnswered, callsAsText } from '../tools/calls/calls-as-text.ts';
import { noReply } from './reply-of-task.ts';

/**
 * The messages of a task's latest request as they were sent, rendered again from the journal. After a corrective turn they include the first exchange.
 * @param roles The workspace's roles; only a layout with a system message for each role needs them.
 * @throws MultiagentError `run.no_reply`.
 * @example
 * const state = await orchestrator.loadRun(run);
 * const prompt = promptOfTask(state, taskOfRun(state, 'bug_fix'));
 * console.log(prompt.map(({ role }) => role)); // [ 'system', 'user', 'assistant', 'user' ]
 */
export function promptOfTask(state: RunState, task: TaskRecord, roles: RoleCatalogue = builtInRoles()): ChatMessage[] {
  const asked = repliesOf(task).at(-1);
  if (asked === undefined) throw noReply(state.run, task.task);
  const digests = digestsOfReply(state, asked);
  const { reasoning } = profileOf(state, task);
  const earlier = asked.turns.flatMap((name): Turn[] => {
    const turn = turnOf(name, state);
    return turn === undefined ? [] : [shownTurn(name, turn, { digest: digests.get(name), reasoning })];
  });
  const since = Math.min(task.superseded, task.activities.indexOf(asked));
  const own = (asked.before === 'nothing' ? [] : repliesOf({ activities: task.activities.slice(since) }).slice(0, -1)).map(
    ({ message, results, text, called }): Turn => ({
      task: task.task,
      messages: [
        { role: 'user', content: askedParts(message, results) },
        { role: 'assistant', content: repliedParts(text, called) },
      ],
    }),
  );
  const messages = renderTranscript({
    system: systemOf(state, task, roles),
    input: state.input,
    turns: [...earlier, ...own],
    message: asked.message,
    results: asked.results,
  });
  return asked.calling === 'native' ? callsAnswered(messages) : callsAsText(messages);
}

/** The shared layout records its system message; the other layout uses the role's own, from the settings of the start. */
function systemOf(state: RunState, task: TaskRecord, roles: RoleCatalogue): string {
  const preamble = state.preamble ?? '';
  if (state.transcript.layout !== 'per_role') return preamble;
  const settings = completeSettings(state.settings ?? {});
  const agent = createTeam(roles, settings.agents).find((candidate) => candidate.role === task.role);
  return agent?.getSystemPrompt({ length: profileOf(state, task).instructions, layout: 'per_role' }) ?? preamble;
}

function profileOf(state: RunState, { role, askedModel }: TaskRecord): ModelProfile {
  const settings = completeSettings(state.settings ?? {});
  const named = askedModel === undefined ? undefined : state.models?.[askedModel]?.name;
  const own = settings.agents[role]?.model;
  return findModelProfile(named ?? own ?? state.model.name, settings.model_profiles, settings.models[askedModel ?? '']?.profile);
}
