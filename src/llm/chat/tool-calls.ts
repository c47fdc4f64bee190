import { fileCallText } from '../dialects/file-call-text.ts';

interface Call {
  id: string;
  name: string;
  said: string[];
}

/** No reply has more files than this. */
const mostCalls = 2000;
/** In characters, for all calls together. A call beyond it is incomplete. */
const mostSaid = 64 * 1024 * 1024;

/** Models that were trained on tools call them even if none are offered. This collects such calls, which arrive in pieces beside the text. */
export class ToolCalls {
  readonly #calls = new Map<string, Call>();
  /** The call that a number refers to now: some servers give every call the same number. */
  readonly #numbered = new Map<number, string>();
  #newest = '';
  #length = 0;

  /** @returns whether the piece of a message contains part of a call. */
  take(delta: unknown): 'something' | 'nothing' {
    if (typeof delta !== 'object' || delta === null) return 'nothing';
    const { tool_calls: calls, function_call: older } = delta as Record<string, unknown>;
    const pieces = Array.isArray(calls) ? (calls as unknown[]) : older === undefined || older === null ? [] : [{ function: older }];
    for (const [place, piece] of pieces.entries()) this.#add(piece, place);
    return pieces.length > 0 ? 'something' : 'nothing';
  }

  /** The files that calls wrote; empty if there are none. */
  text(): string {
    return [...this.#calls.values()].map(({ name, said }) => fileCallText(name, said.join(''))).join('');
  }

  #add(piece: unknown, place: number): void {
    if (typeof piece !== 'object' || piece === null) return;
    const { index, id, function: called = piece } = piece as Record<string, unknown>;
    if (typeof called !== 'object' || called === null) return;
    const { name, arguments: said } = called as Record<string, unknown>;
    // If a server does not number its calls, a name begins a new one.
    const begins = typeof name === 'string' && name !== '';
    const key = this.#keyOf({
      index,
      id: typeof id === 'string' ? id : '',
      fresh: begins ? `new ${this.#calls.size}/${place}` : this.#newest,
    });
    this.#newest = key;
    const call = this.#calls.get(key) ?? { id: typeof id === 'string' ? id : '', name: '', said: [] };
    if (begins && call.name === '') call.name = name;
    const text = typeof said === 'string' ? said : typeof said === 'object' && said !== null ? JSON.stringify(said) : '';
    this.#length += text.length;
    if (this.#length <= mostSaid) call.said.push(text);
    if (this.#calls.size < mostCalls) this.#calls.set(key, call);
  }

  #keyOf({ index, id, fresh }: { index: unknown; id: string; fresh: string }): string {
    if (typeof index !== 'number') return id === '' ? fresh : id;
    const numbered = this.#numbered.get(index);
    const known = numbered === undefined ? undefined : this.#calls.get(numbered);
    const key = numbered !== undefined && (id === '' || known?.id === '' || known?.id === id) ? numbered : `${index} ${id}`;
    this.#numbered.set(index, key);
    return key;
  }
}
