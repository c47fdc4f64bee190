import type { ChatMessage, ChatModel } from '../../llm/chat-model.ts';
import type { Usage } from '../../events/usage.ts';
import { textMessage } from '../../llm/chat/chat-message-text.ts';
import { askProbe } from './ask-probe.ts';
import type { Finding } from './finding.ts';

export interface Speed {
  /** Tokens per second; absent where the server does not report it, or was too quick to measure. */
  read?: number | undefined;
  write?: number | undefined;
}

export interface ReadingProbe {
  finding: Finding;
  speed: Speed;
  /** The first prompt, and its length as the server reported it. */
  messages: ChatMessage[];
  promptTokens: number | undefined;
  /** The first prompt and its reply, and how many tokens a message after them may read. */
  conversation: ChatMessage[];
  ownTokens: number;
}

export interface ProbeReadingOptions {
  model: ChatModel;
  /** A new one for each probe, so that the server has not read the prompt before. */
  nonce: string;
  signal?: AbortSignal | undefined;
}

/** Templates close a turn with a few tokens, which a server may read again. */
const slack = 16;

/** Makes the model read a prompt of some hundred tokens and write a few dozen, then continues that conversation, as the next step of a run does. */
export async function probeReading({ model, nonce, signal }: ProbeReadingOptions): Promise<ReadingProbe> {
  const lines = Array.from({ length: 40 }, (_, index) => `${index + 1}. The team keeps the requirement number ${index * 7 + 3} in mind.`);
  const messages = [
    textMessage('system', `You are the team ${nonce}.`),
    textMessage('user', `${lines.join('\n')}\n\nTell what you keep in mind.`),
  ];
  const first = await askProbe(model, { messages, maxTokens: 48, signal });
  const conversation = [...messages, textMessage('assistant', first.text === '' ? 'Done.' : first.text)];
  const second = await askProbe(model, { messages: [...conversation, textMessage('user', 'Go on.')], maxTokens: 1, signal });
  const { promptTokens } = first.usage;
  return {
    finding: reuse(first.usage, second.usage),
    speed: {
      read: perSecond(first.usage.readTokens, first.usage.promptMilliseconds),
      write: perSecond(first.usage.replyTokens, first.usage.replyMilliseconds),
    },
    messages,
    promptTokens,
    conversation,
    ownTokens: (second.usage.promptTokens ?? 0) - (promptTokens ?? 0) + slack,
  };
}

function reuse(first: Usage, second: Usage): Finding {
  const check = 'cache';
  const [before, after, read] = [first.promptTokens, second.promptTokens, second.readTokens];
  if (before === undefined || after === undefined || read === undefined) {
    const hint = 'A llama-server reports it. Watch whether later steps begin as quickly as the first one.';
    return { check, state: 'warning', message: 'the server does not report how many tokens it reads again', hint };
  }
  const message = `a second request read ${read} of its ${after} tokens`;
  if (read <= after - before + slack) return { check, state: 'ok', message: `${message}: the rest was cached` };
  const hint =
    'Start the server with -np 1 and without --no-cache-prompt; for a model with a sliding window add --swa-full. A chat template that drops reasoning has this effect, too.';
  return { check, state: 'warning', message: `${message}: each step of a run reads earlier ones again`, hint };
}

function perSecond(tokens: number | undefined, milliseconds: number | undefined): number | undefined {
  if (tokens === undefined || milliseconds === undefined || tokens <= 1 || milliseconds <= 0) return undefined;
  return (tokens * 1000) / milliseconds;
}
