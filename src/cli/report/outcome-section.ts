import type { CheckResult } from '../../orchestrator/results/check-result.ts';
import { formatDuration } from '../views/format-time.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import { folded, type SectionOf, verbatim } from './section.ts';
import { brief, count, counted, marks, moment } from './words.ts';

const verdicts = {
  passed: 'Checked: everything that was run passes.',
  failed: 'Checked: something fails.',
  unchecked: 'Not proven: nothing was run, not everything could be, or it was run on earlier files.',
};

/** How the run ended, what is proven of its files, and what was asked. */
export const outcomeSection: SectionOf = ({ result, status, title, seconds, buildsOn, notes, notices, files }, room) => {
  const done = Object.values(result.tasks).filter((task) => task.status === 'completed').length;
  const standing = files.filter(({ stands }) => stands).length;
  const { verification, checks, examples, model } = result;
  const facts: [string, Parameters<typeof html>[1]][] = [
    ['Run', html`<code>${result.workflow_id}</code>`],
    ['Workflow', brief(title)],
    ['Started', moment(result.started_at)],
    ['Time', formatDuration(seconds * 1000)],
    ['Steps', `${count(done)} of ${count(result.total_tasks)} completed`],
    ['Files', counted(standing, 'file')],
    ['Model', brief(`${model.name} (${model.engine === 'embedded' ? 'embedded engine' : model.address})`, 200)],
    ...Object.entries(result.models ?? {}).map(([name, each]): [string, string] => [brief(`Model ${name}`, 80), brief(each.name)]),
    ...(buildsOn === null
      ? []
      : [['Builds on', html`<code>${brief(buildsOn.run, 60)}</code> (${buildsOn.how})`] as [string, ReturnType<typeof html>]]),
    [
      'Tokens',
      `${count(result.ledger.run.tokens_read)} read, ${count(result.ledger.run.tokens_cached)} from the cache, ${count(result.ledger.run.tokens_written)} written`,
    ],
    ...(result.cost?.sentences ?? []).map((sentence): [string, string] => ['Cost', brief(sentence, 300)]),
  ];
  const wrong = examples?.examples.filter(({ outcome }) => outcome !== 'holds') ?? [];
  const outputs = room.fit(
    checks.map(({ output }) => output),
    (text) => (text.trim() === '' ? html`` : verbatim(text)),
    { whole: 150_000, what: 'outputs of checks' },
  );
  const shown = room.first(checks, 200, 'checks');
  const body = html`<p class="outcome ${status}">
      <strong>${marks[status] ?? ''} ${status}</strong>${result.error === null ? '' : html`: ${brief(result.error, 500)}`}
    </p>
    <p class="proof ${verification.outcome}"><strong>${verdicts[verification.outcome]}</strong></p>
    ${
      verification.sentences.length === 0
        ? ''
        : html`<ul>
            ${verification.sentences.map((sentence) => html`<li>${brief(sentence, 500)}</li>`)}
          </ul>`
    }
    ${
      wrong.length === 0
        ? ''
        : html`<p>Of the requirement's own examples these do not hold, or could not be run:</p>
            <ul>
              ${wrong.map(({ quote, why }) => html`<li><q>${brief(quote, 300)}</q>${why === null ? '' : html`: ${brief(why, 500)}`}</li>`)}
            </ul>`
    }
    <dl class="facts">
      ${facts.map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${
      shown.length === 0
        ? ''
        : html`<h3>Checks</h3>
            ${shown.map((check, index) =>
              folded(
                html`${verdictOf(check)} <code>${brief(check.command, 300)}</code>${check.stale ? ' (the files have changed since)' : ''}`,
                html`<p>
                    ${check.why === null ? '' : html`${brief(check.why, 500)} `}${check.step === null ? '' : html`Step ${check.step}. `}${formatDuration(check.duration * 1000)}${check.exit_code === null ? '' : `, exit code ${check.exit_code}`}${check.sandbox === null ? '' : `, sandbox ${check.sandbox}`}.
                  </p>
                  ${outputs[index]?.html}`,
              ),
            )}`
    }
    ${
      result.requirement.trim() === ''
        ? ''
        : folded(
            'The requirement',
            room.fit([result.requirement], (text) => markdown(text), { whole: 100_000, what: 'requirements' }).map((each) => each.html),
          )
    }
    <ul class="quiet">
      ${[...notes, ...room.first(notices, 300, 'notices')].map((note) => html`<li>${brief(note, 500)}</li>`)}
    </ul>`;
  return { id: 'outcome', title: 'Outcome and proof', body, none: '' };
};

/** Only some verdicts say something of the files: a package that is missing is no fault of theirs. */
function verdictOf({ verdict, outcome }: Pick<CheckResult, 'verdict' | 'outcome'>) {
  const word = verdict ?? outcome;
  const [look, mark] = word === 'passed' ? ['completed', '✓'] : /^(?:failed|timed_out)$/.test(word) ? ['failed', '✗'] : ['waiting', '–'];
  return html`<span class="${look}">${mark} ${word.replaceAll('_', ' ')}</span>`;
}
