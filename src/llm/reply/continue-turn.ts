import type { ChatMessage } from '../chat-model.ts';
import { textMessage } from '../chat/chat-message-text.ts';

const cutOff =
  'Your reply was cut off. Continue it exactly where it stopped: begin with the very next character, even inside a word or a code block. ' +
  'Repeat nothing, explain nothing, and do not open a code block again that is still open.';

const repeatedItself =
  'Your reply began to repeat itself, and was cut back to where that began. Go on exactly where it stopped, with what is new; where nothing is left to say, ' +
  'bring it to its end. Repeat nothing, explain nothing, and do not open a code block again that is still open.';

/** The messages of a call whose last one is the reply so far, for a server that does not continue such a message: a turn asks for the rest. */
export function withContinueTurn(messages: ChatMessage[], why: 'cut_off' | 'repetition' = 'cut_off'): ChatMessage[] {
  return [...messages, textMessage('user', why === 'cut_off' ? cutOff : repeatedItself)];
}
