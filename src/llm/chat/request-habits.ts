import type { ChatCompletionCreateParamsStreaming, ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ChatMessage } from '../chat-model.ts';
import { overflowIn } from '../dialects/overflow-words.ts';
import { refusedField } from '../dialects/refused-fields.ts';
import { refusesReasoning, refusesSystemRole } from '../dialects/refused-roles.ts';
import type { ServerAnswer } from '../server/server-answer.ts';
import { type MessageHabits, wireMessages } from './wire-messages.ts';

type Body = ChatCompletionCreateParamsStreaming;

/** Remembers, as long as the connection lasts, what a model's server has refused in requests. What was refused once is not sent again. */
export class RequestHabits {
  readonly #leftOut = new Set<string>();
  readonly #renamed = new Map<string, string>();
  #messages: MessageHabits = { system: 'own', reasoning: 'beside' };

  messages(messages: readonly ChatMessage[]): ChatCompletionMessageParam[] {
    return wireMessages(messages, this.#messages);
  }

  /** A request in the form that this server accepts, as far as is known. */
  fit(body: Body): Body {
    const entries = Object.entries(body).filter(([field]) => !this.#leftOut.has(field));
    return Object.fromEntries(entries.map(([field, value]) => [this.#renamed.get(field) ?? field, value])) as unknown as Body;
  }

  /**
   * Learns from a refusal.
   * @returns what will be different from now on, as the end of a sentence; undefined if another form would not help.
   */
  learn(answer: ServerAnswer, body: Body): string | undefined {
    if (overflowIn(answer) !== undefined || (answer.status !== undefined && [401, 402, 403, 429].includes(answer.status))) return undefined;
    const { system, reasoning } = this.#messages;
    if (system === 'own' && body.messages.some(({ role }) => role === 'system') && refusesSystemRole(answer.whole)) {
      this.#messages = { ...this.#messages, system: 'in_user' };
      return 'takes no system message: it goes before the first message of the user';
    }
    if (reasoning === 'beside' && body.messages.some((message) => 'reasoning_content' in message) && refusesReasoning(answer.whole)) {
      this.#messages = { ...this.#messages, reasoning: 'left_out' };
      return 'takes no earlier thoughts: they are left out';
    }
    const refused = refusedField(answer, body);
    if (refused === undefined) return undefined;
    const { field, other } = refused;
    if (other === undefined) {
      this.#leftOut.add(field);
      return `does not take "${field}": it is left out`;
    }
    // A server that refuses both names would otherwise be asked with each in turn for ever.
    if (this.#renamed.size > 0) return undefined;
    this.#renamed.set(field, other);
    return `does not take "${field}": it is sent as "${other}"`;
  }
}
