import type { ChatMessage } from '../../llm/chat-model.ts';
import type { ModelConnection } from '../../llm/model-connection.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';

export interface CheckForkingOptions {
  connection: ModelConnection;
  /** What the branches begin with; it ends with a reply. Best something that a slot holds already. */
  beginning: readonly ChatMessage[];
  /** How many tokens a branch may read: its own message, and those with which a template closes a turn. */
  ownTokens: number;
  signal?: AbortSignal | undefined;
}

/** Whether branches of a run that are written at once share their common beginning. Returns nothing for a server with one slot, which does not need it. */
export async function checkForking({ connection, beginning, ownTokens, signal }: CheckForkingOptions): Promise<Finding[]> {
  const { server, slots } = connection;
  const model = connection.model();
  if (slots === undefined || (server.slots ?? 1) < 2 || server.engine === 'embedded' || model.prepare === undefined) return [];
  const check = 'forking';
  const again = 'branches that are written at once each read what they share';
  const useOne = 'Or start it with -np 1: one slot reads each token once.';
  if (!(await slots.canFork(signal))) {
    const hint = `Start it with --slot-save-path and a folder of your own. ${useOne}`;
    return [{ check, state: 'warning', message: `the slots cannot be copied: ${again}`, hint }];
  }
  const { copies } = await model.prepare({ messages: beginning, last: 'whole', branches: 2, signal });
  if (copies === 'none') {
    const hint = `Check that the folder of --slot-save-path is writable and that its disk is not full. ${useOne}`;
    return [{ check, state: 'warning', message: `a slot could not be saved: ${again}`, hint }];
  }
  const branches = await Promise.all(
    ['Go on with one.', 'Go on with two.'].map((text) =>
      askProbe(model, { messages: [...beginning, textMessage('user', text)], maxTokens: 1, signal }),
    ),
  );
  const read = branches.map(({ usage }) => usage.readTokens ?? Infinity);
  if (read.every((tokens) => tokens <= ownTokens))
    return [{ check, state: 'ok', message: `two branches read ${read.join(' and ')} tokens: what they share was copied` }];
  const hint = `A model with recurrent layers or a sliding window may cause this; for a sliding window add --swa-full. ${useOne}`;
  return [{ check, state: 'warning', message: `a slot that was copied holds nothing: ${again}`, hint }];
}
