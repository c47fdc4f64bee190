import type { ComparedRuns } from '../../operations/report/compare-runs.ts';
import type { RunReport } from '../../operations/report/report-of-run.ts';
import type { ReportedStep } from '../../operations/report/reported-step.ts';
import { formatDuration } from '../views/format-time.ts';
import { contentHtml, instead } from './file-section.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import { pageHtml } from './page.ts';
import { largestPage } from './report-page.ts';
import { Room } from './room.ts';
import { type Section, table } from './section.ts';
import { brief, count, counted, marks, moment } from './words.ts';

/** The page about two runs, side by side. The same runs give the same bytes. */
export function comparisonPage(compared: ComparedRuns): string {
  for (let share = 1; ; share /= 2) {
    const page = pageWith(compared, new Room(share));
    if (Buffer.byteLength(page) <= largestPage || share < 0.001) return page;
  }
}

function pageWith(compared: ComparedRuns, room: Room): string {
  const [first, second] = compared.runs;
  const sections = [outcomes(compared), steps(compared, room), files(compared, room)];
  const left = html`<ul>
    ${['What the runs said and did is on the page of each: multiagent report <run>.', ...room.left].map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;
  return pageHtml({
    title: `Two runs: ${brief(first.title, 60)}${second.title === first.title ? '' : ` and ${brief(second.title, 60)}`}`,
    about: html`<p class="quiet">The earlier one stands on the left.</p>`,
    sections: [...sections, { id: 'left-out', title: 'What is not on this page', body: left, none: '' }],
  });
}

function outcomes({ runs }: ComparedRuns): Section {
  const rows: [string, (report: RunReport) => HtmlValue][] = [
    ['Outcome', ({ status }) => html`<strong class="${status}">${marks[status] ?? ''} ${status}</strong>`],
    [
      'Proof',
      ({ result: { verification } }) =>
        html`${verification.outcome}
          <ul>
            ${verification.sentences.map((sentence) => html`<li>${brief(sentence, 300)}</li>`)}
          </ul>`,
    ],
    ['Started', ({ result }) => moment(result.started_at)],
    ['Time', ({ seconds }) => formatDuration(seconds * 1000)],
    ['Steps', ({ steps }) => `${count(steps.filter(({ status }) => status === 'completed').length)} of ${count(steps.length)} completed`],
    ['Repairs', ({ steps }) => count(steps.filter(({ kind }) => kind === 'repair').length)],
    ['Model', ({ result: { model } }) => brief(model.name, 120)],
    ['Tokens read', ({ result: { ledger } }) => count(ledger.run.tokens_read)],
    ['From the cache', ({ result: { ledger } }) => count(ledger.run.tokens_cached)],
    ['Least possible', ({ result: { ledger } }) => count(ledger.run.tokens_ideal)],
    ['Tokens written', ({ result: { ledger } }) => count(ledger.run.tokens_written)],
    ['Tokens a second', ({ result: { ledger } }) => ledger.run.tokens_per_second?.toFixed(1) ?? 'unknown'],
    ['Cost', ({ result: { cost } }) => cost?.sentences.map((sentence) => brief(sentence, 200)).join(' ') ?? 'nothing'],
    [
      'What left this machine',
      ({ result: { egress } }) =>
        egress.sentences
          .slice(0, 10)
          .map((sentence) => brief(sentence, 200))
          .join(' '),
    ],
    ['Requirement', ({ result: { requirement } }) => brief(requirement, 300)],
  ];
  const body = table({
    caption: 'The runs',
    head: ['What', ...runs.map(({ result }) => result.workflow_id)],
    rows: rows.map(([name, of]) => [name, ...runs.map(of)]),
  });
  return { id: 'outcome', title: 'Outcome and proof', body, none: '' };
}

function steps({ runs }: ComparedRuns, room: Room): Section {
  const [first, second] = runs.map((report) => new Map(report.steps.map((step) => [step.task, step])));
  const names = room.first([...new Set([...(first?.keys() ?? []), ...(second?.keys() ?? [])])], 1_000, 'steps');
  const body = table({
    caption: 'How each step ended, its time and what was written',
    head: ['Step', ...runs.map(({ result }) => result.workflow_id)],
    rows: names.map((name) => [brief(name, 120), told(first?.get(name)), told(second?.get(name))]),
  });
  return { id: 'steps', title: 'Steps', body: names.length === 0 ? undefined : body, none: 'The runs have no steps.' };
}

function told(step: ReportedStep | undefined): HtmlValue {
  if (step === undefined) return html`<span class="quiet">not in this run</span>`;
  const written = step.replies.reduce((sum, { usage }) => sum + (usage.replyTokens ?? 0), 0);
  const facts = [
    step.status,
    ...(step.seconds === null ? [] : [formatDuration(step.seconds * 1000)]),
    ...(written === 0 ? [] : [`${count(written)} tokens`]),
  ];
  return html`<span class="${step.status}">${marks[step.status] ?? ''}</span> ${facts.join(', ')}`;
}

const places = { both: 'differs', first: 'is only in the earlier run', second: 'is only in the later run' };

function files({ files: all, same }: ComparedRuns, room: Room): Section {
  const shown = room.first(all, 2_500, 'files that differ');
  const fitted = room.fit(
    shown.map(({ content }) => ('text' in content ? content.text : '')),
    (text, index) => contentHtml(text, shown[index]?.content.kind),
    { whole: 3_000_000, what: 'files and diffs' },
  );
  const entries = shown.map(({ path, in: place, content }, index): Html => {
    const left = ('text' in content ? content.text.length : 0) - (fitted[index]?.shown ?? 0);
    const body =
      content.kind === 'whole' || content.kind === 'diff' ? fitted[index]?.html : html`<p class="quiet">${instead[content.kind]}</p>`;
    return html`<details class="step">
      <summary>
        <h3>${brief(path, 200)}</h3>
        <span class="quiet">${places[place]}</span>
      </summary>
      <div class="in">${body}${left <= 0 ? '' : html`<p class="quiet">${counted(left, 'more character')} not shown.</p>`}</div>
    </details> `;
  });
  const body = html`<p>
      ${counted(all.length, 'file')} ${all.length === 1 ? 'differs' : 'differ'} or ${all.length === 1 ? 'is' : 'are'} in one of the runs
      only, ${count(same)} ${same === 1 ? 'is' : 'are'} the same.
    </p>
    ${entries}`;
  return {
    id: 'files',
    title: 'Files that differ',
    body: all.length === 0 ? undefined : body,
    none: `No file differs; ${count(same)} ${same === 1 ? 'is' : 'are'} the same.`,
  };
}
