import type { ChatStreamPart } from '../chat-model.ts';
import { answerHeaders, bareChannels, loneClosings, replyHeaders, type ThinkingMark, thinkingMarks } from '../dialects/thinking-marks.ts';
import { endsThoughts } from './ends-thoughts.ts';
import { halfWord, longestOf } from './half-word.ts';

/** `thoughts_ended`: all text so far was thinking that the prompt had begun. */
export type SplitPart = Extract<ChatStreamPart, { type: 'text' | 'reasoning' | 'thoughts_ended' }>;

const openings = [...thinkingMarks.map(({ opening }) => opening), ...replyHeaders];
/** A reply with more of them is about such words. */
const mostLooks = 8;
/** How much blank space may pass while waiting for the beginning of a reply. */
const mostBlank = 1000;

/**
 * Some servers leave a model's thinking in the reply. This separates the two: pieces go in as they arrive, and parts come out. Pieces are held back only while
 * they may be half a mark; blank space around the thinking belongs to neither part. Thinking comes at the beginning of a reply. Further on the same words are
 * text, except for the end of thoughts that the prompt has begun.
 */
export class ThinkSplitter {
  #held = '';
  /** All text so far, including what the reply continues. */
  #text: string;
  #mark: ThinkingMark | undefined;
  #state: 'beginning' | 'thinking' | 'text';
  /** Whether something was removed already, so that blank space before the text does not belong to it. */
  #has: 'nothing' | 'thoughts' = 'nothing';
  /** The marks that may still end thoughts that nothing has begun. */
  #closings: readonly string[] = loneClosings;
  #looks = 0;
  #answer: string | undefined;

  /** A reply that continues text written before has its beginning behind it. */
  constructor(written: string) {
    this.#text = written;
    this.#state = written === '' ? 'beginning' : 'text';
  }

  /** The mark that closes the text, if the text has marks of its own. */
  get answerClosing(): string | undefined {
    return this.#answer?.replace('<', '</');
  }

  pass(piece: string): SplitPart[] {
    this.#held += piece;
    return this.#parts('more');
  }

  /** At the end of the stream: what was held back and was not a mark. */
  end(): SplitPart[] {
    const parts = this.#parts('end');
    const text = this.#state === 'beginning' && this.#has === 'thoughts' ? this.#held.trimStart() : this.#held;
    this.#held = '';
    return text === '' ? parts : [...parts, { type: this.#state === 'thinking' ? 'reasoning' : 'text', text }];
  }

  #parts(then: 'more' | 'end'): SplitPart[] {
    const parts: SplitPart[] = [];
    for (;;) {
      const before = `${this.#state} ${this.#held.length}`;
      parts.push(...this.#take(then).filter((part) => part.type === 'thoughts_ended' || part.text !== ''));
      if (`${this.#state} ${this.#held.length}` === before) return parts;
    }
  }

  #take(then: 'more' | 'end'): SplitPart[] {
    if (this.#held === '') return [];
    if (this.#state === 'beginning') return this.#begin();
    return this.#state === 'thinking' ? this.#think() : this.#say(then);
  }

  #begin(): [] {
    const start = this.#held.trimStart();
    if (start === '' && this.#held.length < mostBlank) return [];
    const lower = start.slice(0, longestOpening).toLowerCase();
    const words = this.#has === 'thoughts' ? [...openings, ...answerHeaders] : openings;
    if (start !== '' && [...words, bareChannels.opening].some((word) => word.length > lower.length && word.startsWith(lower))) return [];
    const found = words.filter((word) => lower.startsWith(word)).toSorted((a, b) => b.length - a.length)[0];
    if (found === undefined) {
      this.#state = 'text';
      if (this.#has === 'thoughts') this.#held = start;
      if (lower.startsWith(bareChannels.opening)) this.#closings = [...this.#closings, bareChannels.closing];
      return [];
    }
    this.#held = start.slice(found.length);
    this.#mark = thinkingMarks.find(({ opening }) => opening === found);
    if (this.#mark !== undefined) this.#state = 'thinking';
    else {
      this.#has = 'thoughts';
      if (answerHeaders.includes(found)) this.#answer = found;
    }
    return [];
  }

  #think(): SplitPart[] {
    const closings = this.#mark?.closings ?? [];
    const found = firstOf(this.#held, closings);
    if (found === undefined) {
      const half = halfWord(this.#held.toLowerCase(), closings, longestOf(closings));
      return [{ type: 'reasoning', text: this.#release(this.#held.length - half) }];
    }
    const text = this.#release(found.at);
    this.#release(found.length);
    this.#afterThoughts();
    return [{ type: 'reasoning', text }];
  }

  #say(then: 'more' | 'end'): SplitPart[] {
    if (this.#looks >= mostLooks) return [{ type: 'text', text: this.#release(this.#held.length) }];
    const found = firstOf(this.#held, this.#closings);
    if (found === undefined) {
      const half = halfWord(this.#held.slice(-longestClosing).toLowerCase(), this.#closings, longestClosing);
      return this.#speak(this.#held.length - half);
    }
    // The text after it decides.
    if (found.at + found.length === this.#held.length && then === 'more') return this.#speak(found.at);
    this.#looks += 1;
    const closing = this.#held.slice(found.at, found.at + found.length);
    const after = this.#held.slice(found.at + found.length);
    if (!endsThoughts({ before: this.#text + this.#held.slice(0, found.at), closing, after })) return this.#speak(found.at + found.length);
    const parts = this.#speak(found.at);
    this.#release(found.length);
    this.#afterThoughts();
    return [...parts, { type: 'thoughts_ended' }];
  }

  #afterThoughts(): void {
    this.#state = 'beginning';
    this.#has = 'thoughts';
    this.#text = '';
  }

  #speak(length: number): SplitPart[] {
    const text = this.#release(length);
    this.#text += text;
    return [{ type: 'text', text }];
  }

  /** Removes this many characters from what is held. */
  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}

const longestOpening = longestOf([...openings, ...answerHeaders]);
const longestClosing = longestOf([...loneClosings, bareChannels.closing]);

/** The first position of any of these words, and the longest word that begins there. */
function firstOf(text: string, words: readonly string[]): { at: number; length: number } | undefined {
  const lower = text.toLowerCase();
  // In very few languages a small letter is longer than its capital. Positions would then differ.
  const within = lower.length === text.length ? lower : text;
  const found = words.flatMap((word) => {
    const at = within.indexOf(word);
    return at === -1 ? [] : [{ at, length: word.length }];
  });
  return found.toSorted((a, b) => a.at - b.at || b.length - a.length)[0];
}
