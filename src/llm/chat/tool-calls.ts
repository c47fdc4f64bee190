import { randomUUID } from 'node:crypto';
import type { CallPart } from '../chat-model.ts';
import type { CallPiece } from '../dialects/call-pieces.ts';
import { fileCallText } from '../dialects/file-call-text.ts';
import type { ToolDescription } from '../tool-description.ts';

interface Call {
  id: string;
  name: string;
  said: string[];
}

/** No reply has more files than this. */
const mostCalls = 2000;
/** In characters, for all calls together. A call beyond it is incomplete. */
const mostSaid = 64 * 1024 * 1024;

/** No argument of a tool is code, and none is longer. In characters, for one call; what is longer is cut behind that, and refused for its length. */
export const longestArguments = 100_000;
/** A model that calls more at once repeats itself. */
const mostAtOnce = 100;

/**
 * Collects calls of tools, which arrive in pieces beside the text: those of tools that were offered, and those of models that were trained on tools and call them even
 * if none are.
 */
export class ToolCalls {
  readonly #offered: ReadonlySet<string>;
  readonly #calls = new Map<string, Call>();
  /** The call that a number refers to now. */
  readonly #numbered = new Map<number, string>();
  #newest = '';
  #length = 0;

  /** @param tools Those that were offered. */
  constructor(tools: readonly ToolDescription[] = []) {
    this.#offered = new Set(tools.map(({ name }) => name));
  }

  /** Characters of all calls so far. */
  get length(): number {
    return this.#length;
  }

  /** Takes the pieces that one message holds. */
  take(pieces: readonly CallPiece[]): void {
    const here = new Set<string>();
    for (const [place, piece] of pieces.entries()) here.add(this.#add(piece, place, here));
  }

  /** The files that calls wrote, as a reply without tools has them; empty if there are none. */
  text(): string {
    return this.#whole()
      .map(({ file }) => file)
      .join('');
  }

  /** The calls that wrote no file, where tools were offered. Each has a name and an id of its own, in letters that every server takes. */
  parts(): CallPart[] {
    if (this.#offered.size === 0) return [];
    const ids = new Set<string>();
    return this.#whole()
      .filter(({ file }) => file === '')
      .slice(0, mostAtOnce)
      .map(({ id, name, said }) => {
        const own = /^[\w-]{1,64}$/.test(id) && !ids.has(id) ? id : newId();
        ids.add(own);
        const called = this.#offered.has(name) ? name : plainName(name);
        // Whoever gives none may write nothing at all.
        return { type: 'tool_call', id: own, name: called, arguments: said.trim() === '' ? '{}' : said.slice(0, longestArguments + 1) };
      });
  }

  #whole(): { id: string; name: string; said: string; file: string }[] {
    return [...this.#calls.values()].map(({ id, name, said: pieces }) => {
      const said = pieces.join('');
      return { id, name, said, file: this.#offered.has(name) ? '' : fileCallText(name, said) };
    });
  }

  /** @returns the key of the call that it belongs to. */
  #add({ index, id = '', name = '', arguments: said = '' }: CallPiece, place: number, here: ReadonlySet<string>): string {
    // If a server does not number its calls, a name begins a new one.
    const begins = name !== '';
    const fresh = `new ${this.#calls.size}/${place}`;
    const found = this.#keyOf({ index, id, fresh: begins ? fresh : this.#newest });
    // Two calls that one message holds are two, also under one id.
    const key = index === undefined && begins && here.has(found) ? fresh : found;
    this.#newest = key;
    const call = this.#calls.get(key) ?? { id, name: '', said: [] };
    if (begins && call.name === '') call.name = name;
    this.#length += said.length;
    if (this.#length <= mostSaid) call.said.push(said);
    if (this.#calls.size < mostCalls) this.#calls.set(key, call);
    return key;
  }

  #keyOf({ index, id, fresh }: { index: number | undefined; id: string; fresh: string }): string {
    if (index === undefined) return id === '' ? fresh : id;
    const numbered = this.#numbered.get(index);
    const known = numbered === undefined ? undefined : this.#calls.get(numbered);
    const key = numbered !== undefined && (id === '' || known?.id === '' || known?.id === id) ? numbered : `${index} ${id}`;
    this.#numbered.set(index, key);
    return key;
  }
}

/** Some templates take only ids of nine letters and digits. */
function newId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 9);
}

function plainName(name: string): string {
  return name.slice(0, 64).replaceAll(/[^\w-]/g, '_') || 'unnamed';
}
