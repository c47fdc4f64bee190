import type { LedgerEntry } from '../../orchestrator/results/run-ledger.ts';
import { html, type Html } from './html.ts';
import { type SectionOf, table } from './section.ts';
import { brief, count, percent, spoken } from './words.ts';

/** What was read, held in the cache and written, beside the least that could have been read. */
export const tokenSection: SectionOf = ({ result: { ledger, tasks } }, room) => {
  const { run, roles } = ledger;
  if (run.calls === 0) return { id: 'tokens', title: 'Tokens', body: undefined, none: 'No model was asked.' };
  const byTask = Object.values(tasks).flatMap(({ task_id: task, result }): [string, LedgerEntry][] =>
    result?.ledger == null ? [] : [[brief(task, 60), result.ledger]],
  );
  const rows: [string, LedgerEntry][] = [
    ['The run', run],
    ...Object.entries(roles).map(([role, entry]): [string, LedgerEntry] => [spoken(role), entry]),
  ];
  const drawn = byTask.length <= 40 ? [...rows, ...byTask] : rows;
  const scale = Math.max(
    1,
    ...drawn.slice(1).map(([, entry]) => Math.max(promptOf(entry) + (entry.tokens_written ?? 0), entry.tokens_ideal ?? 0)),
  );
  const own = Math.max(1, promptOf(run) + (run.tokens_written ?? 0), run.tokens_ideal ?? 0);
  const body = html`<p class="legend">
      <span class="key read">read</span> <span class="key cached">from the cache</span> <span class="key written">written</span>
      <span class="key ideal">the least that had to be read</span>
    </p>
    <div class="lanes">
      ${drawn.map(([name, entry], index) => html`<div class="lane"><span>${name}</span>${bars(name, entry, index === 0 ? own : scale)}</div>`)}
    </div>
    <p class="quiet">
      The first bar has a scale of its own. The server keeps what it has read as long as the beginning of the next prompt is the same: what
      is read beyond the mark was read twice.
    </p>
    ${table({
      caption: 'Tokens by role and step',
      head: ['Who', '#Calls', '#Read', '#Cached', '#Least possible', '#Written', '#Reasoning', '#First token', '#Tokens a second'],
      rows: [...rows, ...room.first(byTask, 300, 'steps of the table of tokens')].map(([name, entry]) => [
        name,
        `${count(entry.calls)}${entry.calls_untold > 0 ? ` (${entry.calls_untold} untold)` : ''}`,
        count(entry.tokens_read),
        count(entry.tokens_cached),
        count(entry.tokens_ideal),
        count(entry.tokens_written),
        count(entry.tokens_reasoning),
        entry.first_token_seconds === null ? 'unknown' : `${entry.first_token_seconds.toFixed(2)} s`,
        entry.tokens_per_second === null ? 'unknown' : entry.tokens_per_second.toFixed(1),
      ]),
    })}`;
  return { id: 'tokens', title: 'Tokens', body, none: '' };
};

function promptOf({ tokens_read: read, tokens_cached: cached }: LedgerEntry): number {
  return (read ?? 0) + (cached ?? 0);
}

function bars(name: string, entry: LedgerEntry, scale: number): Html {
  const { tokens_read: read, tokens_cached: cached, tokens_written: written, tokens_ideal: ideal } = entry;
  const parts: [string, number][] = [
    ['read', read ?? 0],
    ['cached', cached ?? 0],
    ['written', written ?? 0],
  ];
  let at = 0;
  const drawn = parts.map(([kind, tokens]) => {
    const bar = html`<rect class="${kind}" x="${percent(at / scale)}" width="${percent(tokens / scale)}" y="2" height="14"
      ><title>${kind}: ${count(tokens)}</title></rect
    >`;
    at += tokens;
    return bar;
  });
  const mark =
    ideal === null
      ? ''
      : html`<line class="ideal" x1="${percent(ideal / scale)}" x2="${percent(ideal / scale)}" y1="0" y2="18"
          ><title>least possible: ${count(ideal)}</title></line
        >`;
  return html`<svg
    width="100%"
    height="18"
    role="img"
    aria-label="${`${name}: ${count(read)} read, ${count(cached)} cached, ${count(written)} written, least possible ${count(ideal)}`}"
  >
    <rect class="ground" width="100%" height="18" />
    ${drawn}${mark}
  </svg>`;
}
