import type { RunReport } from '../../operations/report/report-of-run.ts';
import type { ReportedFile, ReportedVersion, ShownContent } from '../../operations/report/reported-file.ts';
import { html, type Html } from './html.ts';
import type { FittedText } from './room.ts';
import { type SectionOf, verbatim } from './section.ts';
import { brief, counted } from './words.ts';

/** Every file with what each step did to it, and what the syntax check and the checks of the run say. */
export const fileSection: SectionOf = ({ files, result }, room) => {
  const shown = room.first(files, 2_500, 'files');
  const versions = shown.flatMap((file) => file.versions);
  const fitted = room.fit(
    versions.map(({ content }) => ('text' in content ? content.text : '')),
    (text, index) => contentHtml(text, versions[index]?.content.kind),
    { whole: 900_000, what: 'files and diffs' },
  );
  const byVersion = new Map(versions.map((version, index) => [version, fitted[index]]));
  const checksOf = checksByPath(result.checks);
  const body = html`${shown.map((file) => entry(file, { checks: checksOf.get(file.path) ?? [], shown: byVersion, run: result.workflow_id }))}`;
  return { id: 'files', title: 'Files', body: shown.length === 0 ? undefined : body, none: 'No file was written.' };
};

/** Of each file what every command said of it the last time that it ran. */
function checksByPath(checks: RunReport['result']['checks']): ReadonlyMap<string, string[]> {
  const byPath = new Map<string, Map<string, string>>();
  for (const { command, outcome, stale, files: seen } of checks) {
    const said = `${brief(command, 80)}: ${outcome.replaceAll('_', ' ')}${stale ? ', of an earlier state' : ''}`;
    for (const { path } of seen ?? []) byPath.set(path, (byPath.get(path) ?? new Map<string, string>()).set(command, said));
  }
  return new Map([...byPath].map(([path, said]) => [path, [...said.values()]]));
}

interface EntryOptions {
  checks: readonly string[];
  shown: ReadonlyMap<ReportedVersion, FittedText | undefined>;
  run: string;
}

function entry({ path, stands, versions }: ReportedFile, { checks, shown, run }: EntryOptions): Html {
  const last = versions.at(-1);
  const wrong = last?.check?.found ?? 0;
  const facts = [
    stands ? counted(last?.bytes ?? 0, 'byte') : 'not there any more',
    versions.length === 1 ? `written by ${brief(last?.task ?? '', 80)}` : counted(versions.length, 'version'),
    ...(wrong > 0 ? [`does not parse as ${brief(last?.check?.language ?? '', 40)}`] : []),
  ];
  const told = checks.slice(-5);
  return html`<details class="step">
    <summary>
      <h3>${brief(path, 200)}</h3>
      <span class="quiet">${facts.join(', ')}</span>
    </summary>
    <div class="in">
      ${told.length === 0 ? '' : html`<p>Seen by ${told.join('; ')}.</p>`}${versions.slice(0, 50).map((version) => versionHtml(version, shown.get(version), { run, path }))}${versions.length > 50 ? html`<p>And ${versions.length - 50} more versions.</p>` : ''}
    </div>
  </details> `;
}

/** What stands where nothing of a version is shown. */
export const instead: Readonly<Record<Exclude<ShownContent['kind'], 'whole' | 'diff'>, string>> = {
  unchanged: '',
  reply: 'It is the reply of the step, which is shown there.',
  binary: 'Its content is no text.',
  large: 'It is too large to be shown here.',
  private: 'It was written in a private step, and is not shown here.',
  missing: 'The journal no longer holds its content.',
  too_many: 'Too much was written to show it here.',
};
const places = { stands: 'stands', replaced: 'was replaced', removed: 'was removed', undone: 'was taken back by a person' };

function versionHtml(version: ReportedVersion, shown: FittedText | undefined, { run, path }: { run: string; path: string }): Html {
  const { task, outcome, movedTo, bytes, place, check, content } = version;
  const text = 'text' in content ? content.text : '';
  const left = text.length - (shown?.shown ?? 0);
  return html`<article>
    <p>
      <strong>${brief(task, 120)}</strong>
      ${outcome}${movedTo === null ? '' : html`: moved to ${brief(movedTo, 200)}`}${outcome === 'removed' ? '' : html`, ${counted(bytes, 'byte')}, ${places[place]}`}
    </p>
    ${
      check === null || check.found === 0
        ? ''
        : html`<ul class="failed">
            ${check.findings.slice(0, 10).map(({ line, column, message }) => html`<li>line ${line}, column ${column}: ${brief(message, 300)}</li>`)}
          </ul>`
    }${content.kind === 'whole' || content.kind === 'diff' ? shown?.html : html`<p class="quiet">${instead[content.kind]}</p>`}${
      left <= 0
        ? ''
        : html`<p class="quiet">
            ${counted(left, 'more character')}: <code>multiagent diff ${run} ${brief(task, 120)}</code>, ${brief(path, 200)}
          </p>`
    }
  </article>`;
}

/** What is shown of a version. */
export function contentHtml(text: string, kind: ShownContent['kind'] | undefined): Html {
  if (text === '') return html``;
  return kind === 'diff' ? diffHtml(text) : verbatim(text);
}

/** A diff with what came and what went marked, by more than colours: its own signs stay. */
export function diffHtml(text: string): Html {
  let isHead = true;
  const lines = text.split('\n').flatMap((line) => {
    if (line.startsWith('@@')) isHead = false;
    const sign = isHead ? '' : line.slice(0, 1);
    return [sign === '+' ? html`<ins>${line}</ins>` : sign === '-' ? html`<del>${line}</del>` : line, '\n'];
  });
  return html`<pre class="diff" tabindex="0">${lines}</pre>`;
}
