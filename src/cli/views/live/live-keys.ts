import process from 'node:process';

/** A terminal that tells each key at once. */
export interface KeyInput {
  setRawMode(isRaw: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', hear: (data: Buffer) => void): unknown;
  off(event: 'data', hear: (data: Buffer) => void): unknown;
}

/** What the system does with a key while nobody listens to each. */
const signals: Readonly<Record<string, NodeJS.Signals>> = { '\u0003': 'SIGINT', '\u001a': 'SIGTSTP', '\u001c': 'SIGQUIT' };

/** Listens to single keys while a picture is shown. Ctrl-C, Ctrl-Z and Ctrl-\ do what they always do. */
export class LiveKeys {
  readonly #input: KeyInput;
  readonly #onKey: (key: string) => void;
  readonly #signal: (signal: NodeJS.Signals) => void;
  #isListening = false;
  readonly #hear = (data: Buffer) => {
    // A paste is no key of ours; the code of an arrow arrives whole.
    const key = data.toString('utf8');
    const signal = signals[key];
    if (signal === undefined) for (const one of heldDown(key)) this.#onKey(one);
    else if (signal === 'SIGTSTP') this.#sleep();
    else this.#signal(signal);
  };

  /** @param signal Sends a signal to this process. */
  constructor(
    input: KeyInput,
    onKey: (key: string) => void,
    signal: (signal: NodeJS.Signals) => void = (name) => void process.kill(process.pid, name),
  ) {
    this.#input = input;
    this.#onKey = onKey;
    this.#signal = signal;
  }

  listen(): void {
    if (this.#isListening) return;
    this.#isListening = true;
    this.#input.setRawMode(true);
    this.#input.on('data', this.#hear);
    this.#input.resume();
  }

  /** The terminal is as it was. Safe to call twice. */
  rest(): void {
    if (!this.#isListening) return;
    this.#isListening = false;
    this.#input.off('data', this.#hear);
    this.#input.setRawMode(false);
    this.#input.pause();
  }

  #sleep(): void {
    this.rest();
    process.once('SIGCONT', () => this.listen());
    this.#signal('SIGTSTP');
  }
}

/** A key of several characters that is held down while the program is busy arrives several times at once. */
function heldDown(key: string): string[] {
  const codes = key.match(/\u001b(?:\[|O)\d?[A-Z~]/g) ?? [];
  return codes.length > 1 && codes.join('') === key ? codes : [key];
}
