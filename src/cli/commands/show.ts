import { showRun } from '../../operations/show-run.ts';
import { isoTime, jsonLine, safeJson } from '../safe-json.ts';
import { runStream } from '../../events/run-stream.ts';
import { messageParams } from '../../llm/chat/wire-messages.ts';
import { chatMessageReasoning, chatMessageText, partsBesideText } from '../../llm/chat/chat-message-text.ts';
import type { ChatMessage } from '../../llm/chat-model.ts';
import type { EventStore } from '../../state/store/event-store.ts';
import { foldRun, type RunState } from '../../state/run/run-state.ts';
import { printableLine } from '../../utils/printable.ts';
import { runDocument } from '../json/run-document.ts';
import { findRun } from '../../operations/find-run.ts';
import { localTime } from '../views/format-time.ts';
import { type JournalOptions, withJournal } from '../runs/open-journal.ts';
import { promptOfTask } from '../../operations/prompt-of-task.ts';
import { reasoningOfTask, replyOfTask } from '../../operations/reply-of-task.ts';
import { runLines } from '../runs/run-lines.ts';
import { taskOfRun } from '../../operations/task-of-run.ts';
import { writeFolded, writeText } from '../write-folded.ts';
import process from 'node:process';

/** At most one of `events`, `messages`, `reply`, `reasoning` and `prompt`. */
export interface ShowOptions extends JournalOptions {
  events?: boolean | undefined;
  messages?: boolean | undefined;
  reply?: string | undefined;
  reasoning?: string | undefined;
  prompt?: string | undefined;
  json?: boolean | undefined;
}

/** `multiagent show [run]` */
export async function show(reference: string | undefined, options: ShowOptions): Promise<void> {
  await withJournal(options, async (workspace) => {
    const { store } = workspace;
    const run = await findRun(workspace, reference);
    if (options.events) return showEvents(store, run);
    if (options.messages || [options.reply, options.reasoning, options.prompt].some((task) => task !== undefined)) {
      return showPart(await foldRun(store.read(runStream(run))), options);
    }
    const shown = await showRun(workspace, run);
    if (options.json) process.stdout.write(`${safeJson(runDocument(shown))}\n`);
    else writeFolded(`${runLines(shown, { now: Date.now(), detail: 'whole' }).join('\n')}\n`);
  });
}

async function showEvents(store: EventStore, run: string): Promise<void> {
  for await (const event of store.read(runStream(run))) process.stdout.write(jsonLine(event));
}

function showPart(state: RunState, { reply, reasoning, prompt, json }: ShowOptions): void {
  if (reply !== undefined) {
    writeText(replyOfTask(state, taskOfRun(state, reply)));
  } else if (reasoning !== undefined) {
    writeText(reasoningOfTask(state, taskOfRun(state, reasoning)));
  } else if (prompt !== undefined) {
    const messages = promptOfTask(state, taskOfRun(state, prompt));
    if (json) process.stdout.write(`${safeJson(messages.flatMap(messageParams))}\n`);
    else writeText(messages.map(messageLines).join('\n'));
  } else {
    for (const message of state.messages) {
      const { time, from, to, messageType, content } = message;
      const line = `${localTime(time)}  ${from} to ${to ?? 'everyone'}: ${messageType} ${JSON.stringify(content)}`;
      if (json) process.stdout.write(jsonLine({ time: isoTime(time), from, to: to ?? null, message_type: messageType, content }));
      else writeFolded(`${printableLine(line)}\n`);
    }
  }
}

function messageLines(message: ChatMessage): string {
  const reasoning = chatMessageReasoning(message);
  return [
    `--- ${message.role} ---\n`,
    ...(reasoning === '' ? [] : [`(reasoning)\n${reasoning}\n\n`]),
    `${chatMessageText(message)}\n`,
    ...partsBesideText(message).map((part) => `(${part.type}) ${JSON.stringify(part)}\n`),
  ].join('');
}
