import { createHash } from 'node:crypto';
import { chatMessageText } from '../../src/llm/chat/chat-message-text.ts';
import { isReply } from '../../src/state/run/activities-of.ts';
import type { RunState } from '../../src/state/run/run-state.ts';
import { turnOf } from '../../src/state/run/turn-of.ts';
import { usageOfRun } from '../../src/state/run/usage-of-run.ts';

/** What a later version must still find in a recorded run: enough to show it, to continue it and to write its results again. Plain JSON. */
export function summarizeRun(state: RunState) {
  const summary = {
    status: state.status,
    error: state.error?.code,
    workflow: state.workflow,
    turns: state.transcript.turns,
    tasks: [...state.tasks.values()].map(({ task, status, attempts, error, skipped }) => {
      const turn = turnOf(task, state);
      return {
        task,
        status,
        attempts,
        error: error?.code,
        because: skipped?.because,
        turn: turn && digest(turn.map(chatMessageText).join('')),
      };
    }),
    turnOrder: state.turnOrder,
    activities: [...state.activities.values()].filter(isReply).map(({ activity, status, text, finishReason, calls }) => ({
      activity,
      status,
      text: digest(text),
      finishReason,
      calls: calls.length,
    })),
    artifacts: state.artifacts.map(({ task, path, sha256, outcome }) => `${task}: ${path} ${outcome} ${sha256.slice(0, 12)}`),
    refusals: state.refusals.length,
    collisions: state.collisions.length,
    messages: state.messages.length,
    usage: usageOfRun(state),
    replyCaps: state.replyCaps,
    epoch: { number: state.epoch.number, digests: [...state.epoch.digests.keys()] },
    events: state.lastSequence,
  };
  return JSON.parse(JSON.stringify(summary)) as Record<string, unknown>;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
