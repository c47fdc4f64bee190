import { FramePainter, type Terminal } from './frame-painter.ts';
import { liveFrame } from './live-frame.ts';
import { lookAfter, type Looking } from './looking.ts';
import { readingFrame } from './reading-frame.ts';
import { repliesFrame } from './replies-frame.ts';
import { applyToLiveRun } from './apply-to-live-run.ts';
import { newLiveRun } from './live-run.ts';
import type { Look } from '../look.ts';
import type { EarlierLookUp, Steering, View } from '../view.ts';
import { LiveKeys, type KeyInput } from './live-keys.ts';

export interface LiveViewOptions {
  terminal: Terminal;
  look: Look;
  /** Where keys are pressed; undefined: nobody is there. */
  keys?: KeyInput | undefined;
  /** Whether the terminal rings when a person is asked something, and at the end of what took longer than they watch. */
  bell: 'on' | 'off';
  intervalMilliseconds?: number | undefined;
  /** Milliseconds since 1970, as in events. */
  now?: (() => number) | undefined;
}

/** Nobody sits and watches for so long. */
const longMilliseconds = 30_000;

/**
 * The steps of a run as a picture that changes in place. It has its own painter because listr2 shows a step with open dependencies as if it were
 * running, does not distinguish waiting steps from running ones, and does not shorten a list that is taller than the terminal.
 */
export function liveView({ terminal, look, keys: input, bell, intervalMilliseconds = 100, now = Date.now }: LiveViewOptions): View {
  const run = newLiveRun();
  let painter = new FramePainter(terminal);
  let phase: 'idle' | 'drawing' | 'held' | 'ended' = 'idle';
  let begun = now();
  let timer: NodeJS.Timeout | undefined;
  let steering: Steering | undefined;
  let lookUp: EarlierLookUp | undefined;
  let tail: 'short' | 'long' = 'short';
  let looking: Looking | undefined;
  const frame = (what: 'window' | 'all') => {
    // The width first: it looks at the window anew.
    const columns = terminal.columns();
    const rows = what === 'all' ? what : terminal.rows();
    if (looking !== undefined && rows !== 'all')
      return (looking.at === 'list' ? repliesFrame : readingFrame)(run, looking, { look, columns, rows, now: now() });
    const heard = steering === undefined || input === undefined ? 'none' : 'heard';
    return liveFrame(run, { look, columns, rows, begun, now: now(), tail, keys: heard });
  };
  const paint = () => painter.paint(frame('window'));
  const draw = () => {
    paint();
    timer = setInterval(paint, intervalMilliseconds);
    timer.unref();
  };
  let saying: AbortController | undefined;
  const tellError = (error: unknown) => void run.notes.push(error instanceof Error ? error.message : String(error));
  const ring = () => {
    if (bell === 'on') terminal.write('\u0007');
  };
  /** Without it the picture only says less. */
  const learn = async () => {
    if (run.similar !== undefined) run.earlier = (await lookUp?.(run.similar).catch(() => undefined)) ?? [];
  };
  /** The picture makes room for what is asked. */
  const hold = () => {
    if (phase !== 'drawing') return;
    phase = 'held';
    looking = undefined;
    keys?.rest();
    paintLast();
  };
  const release = () => {
    if (phase !== 'held') return;
    phase = 'drawing';
    // Below what was asked.
    painter = new FramePainter(terminal);
    draw();
    if (steering !== undefined) keys?.listen();
  };
  const say = async (id: string, at: Steering) => {
    saying = new AbortController();
    hold();
    await at.say(id, saying.signal).catch(tellError);
    // Whoever has asked something meanwhile goes on with the picture.
    if (!saying.signal.aborted) release();
    saying = undefined;
  };
  const onKey = (key: string) => {
    if (looking !== undefined || key === 'l') {
      looking = lookAfter(looking, key, { run, columns: terminal.columns(), rows: terminal.rows() });
      return;
    }
    if (key === 'r') tail = tail === 'long' ? 'short' : 'long';
    if (steering === undefined || run.id === undefined || run.state !== 'running') return;
    if (key === 'p' && run.held === undefined) void steering.pause(run.id).catch(tellError);
    if (key === 's') void say(run.id, steering);
  };
  const keys = input === undefined ? undefined : new LiveKeys(input, onKey);
  /** The whole picture, which stays. */
  const paintLast = () => {
    clearInterval(timer);
    const last = frame('all');
    painter.paint(run.tasks.size > 0 ? [...last, ''] : last);
  };

  return {
    begin() {
      if (phase !== 'idle') return;
      phase = 'drawing';
      begun = now();
      draw();
      if (steering !== undefined) keys?.listen();
    },
    event(event) {
      applyToLiveRun(run, event);
      if (event.type === 'task.asked') ring();
      if (event.type === 'run.started' || event.type === 'run.resumed') void learn();
    },
    waitFor(text) {
      run.waitsFor = text.trimEnd();
      if (phase === 'drawing') paint();
    },
    say(text) {
      run.notes.push(text.trimEnd());
      if (phase === 'drawing') paint();
    },
    steer(given) {
      steering = given;
    },
    learnFrom(given) {
      lookUp = given;
    },
    hold() {
      saying?.abort();
      hold();
    },
    release,
    end() {
      if (phase === 'idle' || phase === 'ended') return;
      if (phase === 'held') painter = new FramePainter(terminal);
      phase = 'ended';
      saying?.abort();
      keys?.rest();
      paintLast();
      if (now() - begun >= longMilliseconds) ring();
    },
  };
}
