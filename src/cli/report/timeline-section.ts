import type { ReportedStep } from '../../operations/report/reported-step.ts';
import type { StepSpan } from '../../operations/report/worked-time.ts';
import { formatDuration } from '../views/format-time.ts';
import { html, type Html } from './html.ts';
import { type SectionOf, table } from './section.ts';
import { brief, count, percent, spoken } from './words.ts';

/** A bar of the picture; what is too short to be seen apart is one. `from` and `to` in seconds. */
interface Bar {
  kind: StepSpan['kind'];
  status: string;
  from: number;
  to: number;
  names: string[];
  why: string;
}

const laneHeight = 14;
/** Of more steps at once than these, the rest is drawn over them. */
const mostLanes = 12;
const mostNames = 5;

/** Who worked when, and what was waited for. */
export const timelineSection: SectionOf = ({ steps, seconds, pauses }, room) => {
  const begun = steps.filter(({ spans }) => spans.length > 0);
  if (begun.length === 0 || seconds <= 0)
    return { id: 'timeline', title: 'Timeline', body: undefined, none: 'Nothing has taken any time.' };
  const roles = room.first([...Map.groupBy(begun, whoOf)], 40, 'roles of the timeline');
  const body = html`<p class="quiet">
      From the beginning to
      ${formatDuration(seconds * 1000)}${pauses.length === 0 ? '' : `, without ${pauses.length === 1 ? 'a pause' : `${pauses.length} pauses`} of ${formatDuration(pauses.reduce((sum, pause) => sum + pause.seconds, 0) * 1000)} in all (dashed lines)`}.
      Filled: at work. Outlined: waiting.
    </p>
    <div class="lanes">
      ${roles.map(([who, own]) => html`<div class="lane"><span>${who}</span>${lanesOf(own, { who, seconds, pauses: pauses.map(({ at }) => at) })}</div>`)}
    </div>
    ${table({
      caption: 'Time by role',
      head: ['Who', '#Steps', '#At work', '#Waiting'],
      rows: roles.map(([who, own]) => [who, count(own.length), total(own, 'work'), total(own, 'wait')]),
    })}
    ${waitsTable(room.first(waitsOf(begun), 60, 'waits'))}`;
  return { id: 'timeline', title: 'Timeline', body, none: '' };
};

function whoOf({ role, kind }: ReportedStep): string {
  return role === '' ? `steps of kind ${spoken(kind)}` : spoken(role);
}

function total(steps: readonly ReportedStep[], kind: StepSpan['kind']): string {
  const sum = steps.flatMap(({ spans }) => spans.filter((span) => span.kind === kind)).reduce((all, { from, to }) => all + to - from, 0);
  return formatDuration(sum * 1000);
}

function lanesOf(steps: readonly ReportedStep[], { who, seconds, pauses }: { who: string; seconds: number; pauses: number[] }): Html {
  const bars = barsOf(steps, seconds);
  const ends: number[] = [];
  const placed = bars.map((bar) => {
    const free = ends.findIndex((end) => end <= bar.from);
    const lane = free === -1 ? Math.min(ends.length, mostLanes - 1) : free;
    ends[lane] = Math.max(ends[lane] ?? 0, bar.to);
    return { bar, lane };
  });
  const height = Math.max(1, ends.length) * (laneHeight + 2);
  return html`<svg
    width="100%"
    height="${height}"
    role="img"
    aria-label="${`${who}: ${steps.length} steps, at work ${total(steps, 'work')}`}"
  >
    <rect class="ground" width="100%" height="${height}" />
    ${placed.map(
      ({ bar, lane }) =>
        html`<rect
          class="bar ${bar.kind} ${bar.status}"
          x="${percent(bar.from / seconds)}"
          width="${percent(Math.max(0.002, (bar.to - bar.from) / seconds))}"
          y="${lane * (laneHeight + 2) + 1}"
          height="${laneHeight}"
          ><title>${titleOf(bar)}</title></rect
        >`,
    )}${pauses.slice(0, 50).map((at) => html`<line class="pause" x1="${percent(at / seconds)}" x2="${percent(at / seconds)}" y1="0" y2="${height}" />`)}
  </svg>`;
}

function titleOf({ kind, names, from, to, why }: Bar): string {
  const named = names.slice(0, mostNames).map((name) => brief(name, 60));
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
  return `${named.join(', ')}${more}: ${kind === 'work' ? 'at work' : `waited for ${brief(why, 100)}`}, ${formatDuration((to - from) * 1000)}`;
}

/** Bars that would be thinner than a line join the one before. */
function barsOf(steps: readonly ReportedStep[], seconds: number): Bar[] {
  const least = seconds / 500;
  const all = steps.flatMap(({ task, status, spans }) =>
    spans.map((span): Bar => ({ ...span, status: span.kind === 'work' ? status : '', names: [task] })),
  );
  const joined: Bar[] = [];
  for (const bar of all.toSorted((one, other) => one.from - other.from)) {
    const last = joined.at(-1);
    const isShort = last !== undefined && bar.to - bar.from < least && bar.from - last.to < least && last.to - last.from < 4 * least;
    if (isShort && last.kind === bar.kind && last.status === bar.status) {
      last.to = Math.max(last.to, bar.to);
      last.names.push(...bar.names);
    } else joined.push(bar);
  }
  return joined;
}

interface Wait extends StepSpan {
  task: string;
}

function waitsOf(steps: readonly ReportedStep[]): Wait[] {
  return steps
    .flatMap(({ task, spans }) =>
      spans.filter(({ kind, why }) => kind === 'wait' && why !== 'the steps within it').map((span) => ({ ...span, task })),
    )
    .toSorted((one, other) => other.to - other.from - (one.to - one.from));
}

function waitsTable(waits: readonly Wait[]): Html {
  if (waits.length === 0) return html``;
  return table({
    caption: 'What was waited for, longest first',
    head: ['Step', 'For', '#How long'],
    rows: waits.map(({ task, why, from, to }) => [brief(task, 80), brief(why, 200), formatDuration((to - from) * 1000)]),
  });
}
