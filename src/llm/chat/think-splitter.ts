import type { ChatStreamPart } from '../chat-model.ts';
import { answerHeaders, bareChannels, loneClosings, replyHeaders, type ThinkingMark, thinkingMarks } from '../dialects/thinking-marks.ts';
import { endsThoughts } from './ends-thoughts.ts';
import { halfWord, longestOf } from './half-word.ts';

/** `thoughts_ended`: all text so far was thinking, which the prompt had begun. */
export type SplitPart = Extract<ChatStreamPart, { type: 'text' | 'reasoning' | 'thoughts_ended' }>;

const openings = [...thinkingMarks.map(({ opening }) => opening), ...replyHeaders];
/** Further ones stand in a reply that is about such words. */
const mostLooks = 8;
/** Blank space that is waited through for the beginning of a reply. */
const mostBlank = 1000;

/**
 * Some servers leave a model's thinking in the reply. This takes it apart: pieces go in as they arrive, and parts come out. Pieces are held back only as
 * long as they may be half a mark; blank space around the thinking belongs to neither part. Thinking stands at the beginning of a reply; further on the same words are
 * text, but for the end of thoughts that the prompt has begun.
 */
export class ThinkSplitter {
  #held = '';
  /** All text so far, with what the reply goes on from. */
  #text: string;
  #mark: ThinkingMark | undefined;
  #state: 'beginning' | 'thinking' | 'text';
  /** Whether something was taken out already, so that blank space in front is none of the text's. */
  #has: 'nothing' | 'thoughts' = 'nothing';
  /** What may yet end thoughts that nothing has begun. */
  #closings: readonly string[] = loneClosings;
  #looks = 0;
  #answer: string | undefined;

  /** A reply that goes on after text that has been written has its beginning behind it. */
  constructor(written: string) {
    this.#text = written;
    this.#state = written === '' ? 'beginning' : 'text';
  }

  /** What closes the text, where it was put between marks of its own. */
  get answerClosing(): string | undefined {
    return this.#answer?.replace('<', '</');
  }

  pass(piece: string): SplitPart[] {
    this.#held += piece;
    return this.#parts('more');
  }

  /** At the end of the stream: what was held back and was no mark. */
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
    // What follows it decides.
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

  /** Takes this many characters out of what is held. */
  #release(length: number): string {
    const text = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return text;
  }
}

const longestOpening = longestOf([...openings, ...answerHeaders]);
const longestClosing = longestOf([...loneClosings, bareChannels.closing]);

/** Where the first of some words stands, the longest of those that begin there. */
function firstOf(text: string, words: readonly string[]): { at: number; length: number } | undefined {
  const lower = text.toLowerCase();
  // In very few languages a small letter is longer than its capital: then places would differ.
  const within = lower.length === text.length ? lower : text;
  const found = words.flatMap((word) => {
    const at = within.indexOf(word);
    return at === -1 ? [] : [{ at, length: word.length }];
  });
  return found.toSorted((a, b) => a.at - b.at || b.length - a.length)[0];
}
