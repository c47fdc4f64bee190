import type { Sampling, ChatMessage } from '../chat-model.ts';
import { textMessage } from '../chat/chat-message-text.ts';

const cutOff =
  'Your reply was cut off. Continue it exactly where it stopped: begin with the very next character, even inside a word or a code block. ' +
  'Repeat nothing, explain nothing, and do not open a code block again that is still open.';

const repeatedItself =
  'Your reply began to repeat itself, and was cut back to where that began. Go on exactly where it stopped, with what is new; where nothing is left to say, ' +
  'bring it to its end. Repeat nothing, explain nothing, and do not open a code block again that is still open.';

/** Adds a turn that asks for the rest of a reply, for a server that does not continue the last message, which is the reply so far. */
export function withContinueTurn(messages: ChatMessage[], why: 'cut_off' | 'repetition' = 'cut_off'): ChatMessage[] {
  return [...messages, textMessage('user', why === 'cut_off' ? cutOff : repeatedItself)];
}

/** The temperature if nobody sets one. */
const usualTemperature = 0.7;
const warmer = 0.3;
/** At a higher temperature models write nonsense. */
const warmest = 1.5;

/**
 * How to sample after a reply has repeated itself. The likeliest words led there, so other words get a better chance each time, and words that are there
 * already a worse one.
 */
export function otherSampling(sampling: Sampling, times: number): Sampling {
  const { temperature = usualTemperature, dryMultiplier = 0.8 } = sampling;
  const raised = Math.round(Math.min(warmest, temperature + warmer * times) * 100) / 100;
  return { ...sampling, temperature: Math.max(usualTemperature, temperature, raised), dryMultiplier };
}
