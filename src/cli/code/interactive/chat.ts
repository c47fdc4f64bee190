import { renderDiff } from '../../../files/edits/render-diff.ts';
import type { ApplyPreview } from '../../../operations/apply-run.ts';
import type { CallRights } from '../../../orchestrator/call-rights.ts';
import { MultiagentError } from '../../../utils/multiagent-error.ts';
import { printable, printableLine } from '../../../utils/printable.ts';
import { asStarted } from '../../as-started.ts';
import type { Look } from '../../views/look.ts';
import type { CodeSession, TakenTurn } from '../code-session.ts';
import { troubleOf } from '../one-turn.ts';
import { shortenedSentence } from '../session-sentences.ts';
import { type ChatRights, isOfOthers } from './chat-rights.ts';
import { otherCallLines } from './other-call-lines.ts';
import type { PromptLine, Typed } from './prompt-line.ts';
import { type SlashContext, runSlashCommand } from './slash-commands.ts';

export interface ChatOptions {
  session: CodeSession;
  line: PromptLine;
  look: Look;
  rights: ChatRights;
  /** Breaks lines between words. */
  fold: (text: string) => string;
  /** Ends the conversation. */
  signal: AbortSignal;
  /** The first message, if there is one. */
  first: string | undefined;
  /** `open`: what an earlier session left open is brought to its end first: a turn that was cut off, and files that are proposed. */
  begins: 'open' | 'fresh';
  slash: Omit<SlashContext, 'say' | 'session' | 'showProposals' | 'take' | 'interruptible'>;
}

const ready = '> ';
const longestDiff = 80;

/** A conversation in a terminal: what is typed while a turn is taken waits for its end, Esc interrupts the turn, and what it wrote is asked about. */
export class Chat {
  readonly #options: ChatOptions;
  readonly #queue: string[] = [];
  #asked: ((answer: string) => void) | undefined;
  #wake: (() => void) | undefined;
  #turn: AbortController | undefined;
  #state = '';
  #isOver = false;

  constructor(options: ChatOptions) {
    this.#options = options;
    if (options.first !== undefined) this.#queue.push(options.first);
  }

  /** What is going on, while a turn is taken. */
  set state(text: string) {
    this.#state = text;
    this.#draw();
  }

  /** Ends when the person ends it. @throws what is no mistake of the person and no trouble of a model. */
  async run(): Promise<void> {
    const { line, signal } = this.#options;
    line.listen((typed) => this.#onTyped(typed));
    const end = () => this.#end();
    signal.addEventListener('abort', end, { once: true });
    this.#draw();
    try {
      if (this.#options.begins === 'open') await this.#saying(() => this.#bringToEnd());
      for (let next = await this.#next(); next !== undefined; next = await this.#next()) await this.#handle(next);
    } finally {
      signal.removeEventListener('abort', end);
      line.close();
    }
  }

  async #handle(text: string): Promise<void> {
    const { session, slash } = this.#options;
    await this.#saying(async () => {
      if (!text.startsWith('/')) return this.#take(text);
      const context = {
        ...slash,
        say: (said: string) => this.#say(said),
        session,
        showProposals: () => this.#showProposals(),
        take: (message: string | undefined) => this.#take(message),
        interruptible: <Result>(work: (signal: AbortSignal) => Promise<Result>) => this.#interruptible(work),
      };
      if ((await runSlashCommand(text, context)) === 'end') this.#end();
    });
  }

  /** Says what goes wrong, and goes on. @throws what is no MultiagentError: a defect. */
  async #saying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof MultiagentError)) throw error;
      const hint = error.hint === undefined ? [] : [asStarted(error.hint)];
      for (const said of [error.message, ...hint]) this.#say(this.#options.look.paint('bad', printable(said)));
    }
  }

  async #bringToEnd(): Promise<void> {
    const { session } = this.#options;
    const taken = await this.#interruptible((signal) => session.finishLast(signal));
    if (taken === undefined) await this.#decide();
    else await this.#tell(taken);
  }

  /** @param message Undefined: the turn that was cut off goes on. */
  async #take(message: string | undefined): Promise<void> {
    const { session } = this.#options;
    const taken = await this.#interruptible(async (both) => {
      if (message === undefined) return session.finishLast(both);
      // It is done when a turn is over; here it is where that was interrupted, or the session is an older one.
      await this.#shorten(both);
      return session.take(message, both);
    });
    if (taken === undefined) return this.#say('No turn was cut off.');
    await this.#tell(taken);
    // While the person reads and thinks. What they type meanwhile needs it, too, and waits for it.
    if (taken.result.status === 'completed' && !this.#isOver) await this.#interruptible((both) => this.#shorten(both));
  }

  async #shorten(signal: AbortSignal): Promise<void> {
    const shortened = await this.#options.session.shortenWhereFull(signal);
    if (shortened !== undefined && !signal.aborted) this.#say(this.#options.look.paint('faint', shortenedSentence(shortened, 'program')));
  }

  async #tell(taken: TakenTurn): Promise<void> {
    const { look } = this.#options;
    const { status } = taken.result;
    if (status === 'interrupted')
      return this.#say(look.paint('warning', 'Interrupted. /continue goes on with this turn, or say something else.'));
    for (const said of troubleOf(taken)) this.#say(look.paint(status === 'completed' ? 'faint' : 'bad', printableLine(said)));
    await this.#decide();
  }

  /** Work that Esc interrupts. */
  async #interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const turn = new AbortController();
    this.#turn = turn;
    this.state = 'thinking';
    try {
      return await work(AbortSignal.any([this.#options.signal, turn.signal]));
    } finally {
      this.#turn = undefined;
      this.state = '';
    }
  }

  /** Asks about what the turn wrote. */
  async #decide(): Promise<void> {
    const { session, rights } = this.#options;
    const open = await session.proposals();
    if (open === undefined || open.plan.changes.length === 0) return;
    this.#showDiff(open, longestDiff);
    const count = open.plan.changes.length;
    const files = `${count} ${count === 1 ? 'file' : 'files'}`;
    if (!rights.mayWrite) {
      const answer = await this.#ask(`Write ${files} into the project? [y]es, [n]o, [a]lways in this session, [u]ndo the turn: `, [
        'y',
        'n',
        'a',
        'u',
      ]);
      if (answer === 'a') rights.allowWriting();
      if (answer === 'u') return this.#say(`Taken back: ${(await session.undo()).files.map(printableLine).join(', ')}.`);
      if (answer === 'n' || answer === '')
        return this.#say('Not written: it stays proposed. /diff shows it, /apply writes it, /undo takes the turn back.');
    }
    await session.apply(open);
    this.#say(`Wrote ${files}. /undo takes it back.`);
  }

  async #showProposals(): Promise<void> {
    const open = await this.#options.session.proposals();
    if (open === undefined || open.plan.changes.length === 0) this.#say('The project has everything that was written in this session.');
    else this.#showDiff(open, Infinity);
  }

  #showDiff({ plan }: ApplyPreview, most: number): void {
    const { look } = this.#options;
    const lines = plan.changes.flatMap(({ path, before, after }) => printable(renderDiff({ path, before, after })).trimEnd().split('\n'));
    const painted = lines.slice(0, most).map((text) => {
      if (text.startsWith('+') && !text.startsWith('+++')) return look.paint('good', text);
      if (text.startsWith('-') && !text.startsWith('---')) return look.paint('bad', text);
      return text.startsWith('@@') ? look.paint('active', text) : text;
    });
    const more = lines.length > most ? [look.paint('faint', `… ${lines.length - most} more lines: /diff shows them all`)] : [];
    const left = [
      ...plan.conflicts.map(({ path }) =>
        look.paint('warning', printableLine(`${path} was changed in the project meanwhile, and is left out`)),
      ),
      ...plan.refused.map(({ path, reason }) => look.paint('warning', printableLine(`not for the project, ${path}: ${reason}`))),
    ];
    this.#options.line.above([...painted, ...more, ...left].join('\n'));
  }

  /** What a person is asked about a call, while the turn goes on. */
  async askCall(call: Parameters<CallRights['ask']>[0], signal: AbortSignal): Promise<'allow' | 'refuse'> {
    const { rights } = this.#options;
    if (signal.aborted) return 'refuse';
    const others = isOfOthers(call.tool);
    if (others) this.#say(this.#options.look.paint('warning', otherCallLines(call).join('\n')));
    const what = others ? `Call ${call.tool}` : `Run ${printableLine([call.tool, call.firstArgument ?? ''].join(' ').trim())}`;
    const asked = this.#ask(`${what}? [y]es, [n]o, [a]lways in this session, [p]ermanently here: `, ['y', 'n', 'a', 'p']);
    const over = new Promise<string>((resolve) => signal.addEventListener('abort', () => resolve(''), { once: true }));
    const answer = await Promise.race([asked, over]);
    this.#asked = undefined;
    this.#draw();
    if (answer === 'a') rights.allow(call);
    if (answer === 'p') this.#say(`Allowed in this project from now on: ${printableLine(rights.allowForGood(call))}`);
    return answer === '' || answer === 'n' ? 'refuse' : 'allow';
  }

  /** One of these letters; empty: nobody answers any more. */
  async #ask(question: string, letters: readonly string[]): Promise<string> {
    for (;;) {
      const answer = await new Promise<string>((resolve) => {
        this.#asked = resolve;
        this.#options.line.prompt = question;
      });
      this.#asked = undefined;
      this.#draw();
      const letter = answer.trim().toLowerCase().slice(0, 1);
      if (this.#isOver || (letter !== '' && letters.includes(letter))) return this.#isOver ? '' : letter;
      this.#say(`Type one of: ${letters.join(', ')}.`);
    }
  }

  #onTyped(typed: Typed): void {
    const { line, look } = this.#options;
    if (typed.kind === 'line') {
      const asked = this.#asked;
      // What is typed next is no answer to the same question.
      this.#asked = undefined;
      if (asked !== undefined) return asked(typed.text);
      if (typed.text.trim() === '') return this.#draw();
      if (this.#turn !== undefined) this.#say(look.paint('faint', `waits for the end of this turn: ${printableLine(typed.text)}`));
      this.#queue.push(typed.text.trim());
      return this.#wake?.();
    }
    if (typed.kind === 'end') return this.#end();
    if (this.#turn !== undefined) {
      this.#turn.abort(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'The turn was interrupted.' }));
      this.#asked?.('n');
      return;
    }
    if (typed.kind === 'escape') return;
    if (!line.isEmpty) return line.clear();
    this.#end();
  }

  async #next(): Promise<string | undefined> {
    while (!this.#isOver) {
      const next = this.#queue.shift();
      if (next !== undefined) {
        this.#say(this.#options.look.paint('strong', `> ${printable(next)}`));
        return next;
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return undefined;
  }

  #end(): void {
    this.#isOver = true;
    this.#turn?.abort(new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'The session was ended.' }));
    this.#asked?.('');
    this.#wake?.();
  }

  #say(text: string): void {
    this.#options.line.above(this.#options.fold(text));
  }

  #draw(): void {
    if (this.#asked !== undefined) return;
    this.#options.line.prompt = this.#state === '' ? ready : `${this.#options.look.paint('active', `[${this.#state}; Esc stops]`)} `;
  }
}
