import type { RunReport } from '../../operations/report/report-of-run.ts';
import { shorten } from '../../utils/printable.ts';
import { html, type Html } from './html.ts';

/** A number with its thousands apart; `unknown` where nobody told it. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? 'unknown' : Math.round(value).toLocaleString('en-US');
}

/** `1 file`, `2 files`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A time as everybody reads it alike, wherever the page is opened. `time`: milliseconds since 1970, or ISO 8601. */
export function moment(time: number | string): Html {
  const iso = new Date(time).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 19).replace('T', ' ')} UTC</time>`;
}

/** A name or a description in one place among many. */
export function brief(text: string, length = 160): string {
  return shorten(text.replaceAll(/\s+/g, ' ').trim(), length);
}

/** An id in snake_case as people say it. */
export function spoken(name: string): string {
  return brief(name.replaceAll('_', ' '), 60);
}

/** How a status is marked, beside its colour. */
export const marks: Readonly<Record<string, string>> = {
  completed: '✓',
  failed: '✗',
  skipped: '–',
  cancelled: '–',
  waiting: '…',
  running: '…',
  pending: '…',
  interrupted: '…',
};

/** Where the page tells of a step: its name may hold anything, its place in the run does not. */
export function anchors({ steps }: Pick<RunReport, 'steps'>): ReadonlyMap<string, string> {
  return new Map(steps.map(({ task }, index) => [task, `step-${index + 1}`]));
}

/** A percentage for an attribute. */
export function percent(value: number): string {
  return `${Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 100}%`;
}
