import { FramePainter, type Terminal } from './frame-painter.ts';
import { liveFrame } from './live-frame.ts';
import { applyToLiveRun } from './apply-to-live-run.ts';
import { newLiveRun } from './live-run.ts';
import type { Look } from '../look.ts';
import type { View } from '../view.ts';

export interface LiveViewOptions {
  terminal: Terminal;
  look: Look;
  intervalMilliseconds?: number | undefined;
  /** Milliseconds since 1970, as in events. */
  now?: (() => number) | undefined;
}

/**
 * The steps of a run as a picture that changes in place. It has its own painter because listr2 shows a step with open dependencies as if it were
 * running, does not distinguish waiting steps from running ones, and does not shorten a list that is taller than the terminal.
 */
export function liveView({ terminal, look, intervalMilliseconds = 100, now = Date.now }: LiveViewOptions): View {
  const run = newLiveRun();
  let painter = new FramePainter(terminal);
  let phase: 'idle' | 'drawing' | 'held' | 'ended' = 'idle';
  let begun = now();
  let timer: NodeJS.Timeout | undefined;
  const paint = () => painter.paint(liveFrame(run, { look, columns: terminal.columns(), rows: terminal.rows(), begun, now: now() }));
  const draw = () => {
    paint();
    timer = setInterval(paint, intervalMilliseconds);
    timer.unref();
  };
  /** The whole picture, which stays. */
  const paintLast = () => {
    clearInterval(timer);
    const last = liveFrame(run, { look, columns: terminal.columns(), rows: 'all', begun, now: now() });
    painter.paint(run.tasks.size > 0 ? [...last, ''] : last);
  };

  return {
    begin() {
      if (phase !== 'idle') return;
      phase = 'drawing';
      begun = now();
      draw();
    },
    event(event) {
      applyToLiveRun(run, event);
    },
    waitFor(text) {
      run.waitsFor = text.trimEnd();
      if (phase === 'drawing') paint();
    },
    say(text) {
      run.notes.push(text.trimEnd());
      if (phase === 'drawing') paint();
    },
    hold() {
      if (phase !== 'drawing') return;
      phase = 'held';
      paintLast();
    },
    release() {
      if (phase !== 'held') return;
      phase = 'drawing';
      // Below what was asked.
      painter = new FramePainter(terminal);
      draw();
    },
    end() {
      if (phase === 'idle' || phase === 'ended') return;
      if (phase === 'held') painter = new FramePainter(terminal);
      phase = 'ended';
      paintLast();
    },
  };
}
