import type { ReportedSpeed } from '../../operations/report/report-of-run.ts';
import { html, type Html } from './html.ts';
import { type SectionOf, table } from './section.ts';
import { percent } from './words.ts';

const height = 120;
/** Dots of one picture; of more calls each stands for several. */
const mostDots = 300;

/** How fast the model read and wrote while the run went on. */
export const speedSection: SectionOf = ({ speeds, seconds }) => {
  const writing = pointsOf(speeds, 'writing');
  const reading = pointsOf(speeds, 'reading');
  if (writing.length + reading.length === 0) return { id: 'speed', title: 'Speed', body: undefined, none: 'No call told how fast it was.' };
  const all: [string, Point[]][] = [
    ['Writing the reply', writing],
    ['Reading the prompt', reading],
  ];
  const told = all.filter(([, points]) => points.length > 0);
  const body = html`${told.map(([name, points]) => picture(name, points, seconds))}
  ${table({
    caption: 'Tokens a second, over the calls that told',
    head: ['What', '#Calls', '#Slowest', '#Median', '#Fastest'],
    rows: told.map(([name, points]) => {
      const sorted = points.map(({ rate }) => rate).toSorted((one, other) => one - other);
      return [name, points.length, shown(sorted[0]), shown(sorted[Math.floor(sorted.length / 2)]), shown(sorted.at(-1))];
    }),
  })}`;
  return { id: 'speed', title: 'Speed', body, none: '' };
};

interface Point {
  at: number;
  rate: number;
}

function pointsOf(speeds: readonly ReportedSpeed[], kind: 'reading' | 'writing'): Point[] {
  return speeds.flatMap(({ at, [kind]: rate }) => (rate === null ? [] : [{ at, rate }]));
}

function picture(name: string, points: readonly Point[], seconds: number): Html {
  const shownPoints = thinned(points);
  const most = shownPoints.reduce((highest, { rate }) => Math.max(highest, rate), 1);
  return html`<figure>
    <figcaption>
      ${name}: tokens a second, up to ${shown(most)}, from the beginning of the run to its
      end${shownPoints.length < points.length ? '; each dot is the mean of several calls' : ''}
    </figcaption>
    <svg class="dots" width="100%" height="${height}" role="img" aria-label="${name}: ${points.length} calls, see the table">
      <rect class="ground" width="100%" height="${height}" />
      ${shownPoints.map(
        ({ at, rate }) =>
          html`<circle
            r="3"
            cx="${percent(0.01 + 0.98 * (at / Math.max(seconds, 0.001)))}"
            cy="${percent(0.96 - 0.92 * (rate / most))}"
          />`,
      )}
    </svg>
  </figure>`;
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= mostDots) return points;
  const size = Math.ceil(points.length / mostDots);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const own = points.slice(index * size, (index + 1) * size);
    const mean = (value: (point: Point) => number) => own.reduce((sum, point) => sum + value(point), 0) / own.length;
    return { at: mean(({ at }) => at), rate: mean(({ rate }) => rate) };
  });
}

function shown(rate: number | undefined): string {
  return rate === undefined ? 'unknown' : rate.toFixed(1);
}
