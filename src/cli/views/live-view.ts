import { FramePainter, type Terminal } from './frame-painter.ts';
import { liveFrame } from './live-frame.ts';
import { applyToLiveRun, newLiveRun } from './live-run.ts';
import type { Look } from './look.ts';
import type { View } from './view.ts';

export interface LiveViewOptions {
  terminal: Terminal;
  look: Look;
  intervalMilliseconds?: number | undefined;
  /** Milliseconds since 1970, as events have it. */
  now?: (() => number) | undefined;
}

/**
 * The steps of a run as a picture that changes in place. Drawn by our own painter: in a task list of listr2 every step whose dependencies are still
 * open looks as if it ran, a waiting step cannot be told from a running one, and a list that is higher than the terminal is not shortened.
 */
export function liveView({ terminal, look, intervalMilliseconds = 100, now = Date.now }: LiveViewOptions): View {
  const run = newLiveRun();
  const painter = new FramePainter(terminal);
  let phase: 'idle' | 'drawing' | 'ended' = 'idle';
  let begun = now();
  let timer: NodeJS.Timeout | undefined;
  const paint = () => painter.paint(liveFrame(run, { look, columns: terminal.columns(), rows: terminal.rows(), begun, now: now() }));

  return {
    begin() {
      if (phase !== 'idle') return;
      phase = 'drawing';
      begun = now();
      paint();
      timer = setInterval(paint, intervalMilliseconds);
      timer.unref();
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
    end() {
      if (phase !== 'drawing') return;
      phase = 'ended';
      clearInterval(timer);
      const last = liveFrame(run, { look, columns: terminal.columns(), rows: 'all', begun, now: now() });
      painter.paint(run.tasks.size > 0 ? [...last, ''] : last);
    },
  };
}
