import { amount } from '../../../orchestrator/results/cost-sentences.ts';
import { aboutTime } from '../../../orchestrator/time-left/about-time.ts';
import { formatDuration } from '../format-time.ts';
import { textWidth } from '../text-width.ts';
import type { LiveRun } from './live-run.ts';
import { liveTimeLeft } from './live-time.ts';

export interface StatusOptions {
  columns: number;
  /** When the view began, and now: milliseconds since 1970. */
  begun: number;
  now: number;
  /** How much is shown of a reply that is being written. */
  tail: 'short' | 'long';
  /** Whether keys are heard. */
  keys: 'heard' | 'none';
}

/** The end of the picture: how far the run is, and what can be pressed; on one line where there is room for both. */
export function statusLines(run: LiveRun, options: StatusOptions): { status: string; keys: string | undefined } {
  const status = statusText(run, options);
  const keys = options.keys === 'none' || run.state === 'preparing' ? undefined : keysText(run, options.tail);
  if (keys === undefined || textWidth(`${status} ${keys}`) > options.columns) return { status, keys };
  return { status: `${status} ${keys}`, keys: undefined };
}

function statusText(run: LiveRun, { columns, begun, now }: StatusOptions): string {
  const time = formatDuration(Math.floor((now - begun) / 100) * 100);
  if (run.state === 'preparing') return `Getting the model ready, ${time}`;
  const tasks = [...run.tasks.values()];
  const done = tasks.filter(({ state }) => state === 'completed').length;
  const files = new Set(tasks.flatMap((task) => [...task.files])).size;
  const { total } = run.money;
  const left = liveTimeLeft(run, now);
  const steps = [`${done} of ${tasks.length} steps`];
  const written = [`${files} ${files === 1 ? 'file' : 'files'}`];
  const cost = total === undefined ? [] : [amount(total)];
  const rest = left === undefined ? [] : [`${aboutTime(left)} left`];
  const text = (...parts: string[]) => `${parts.join(', ')}. Ctrl-C stops.`;
  const whole = [...steps, ...written, ...cost, time];
  const forms = [text(...whole, ...rest), text(...steps, ...cost, time, ...rest)];
  return forms.find((form) => textWidth(form) <= columns) ?? text(...whole);
}

/** What can be pressed. */
function keysText({ held }: LiveRun, tail: StatusOptions['tail']): string {
  const pause = held === undefined ? ['p pause'] : [];
  return `Keys: ${[...pause, 's tell the team', `r ${tail === 'long' ? 'less' : 'more'} text`, 'l replies'].join(', ')}.`;
}
