import { formatDuration } from '../views/format-time.ts';
import { html } from './html.ts';
import { folded, type SectionOf, verbatim } from './section.ts';
import { brief } from './words.ts';

const kinds = { tool: 'Tool', command: 'Command', install: 'Packages', read: 'Read' };

/** Tools that models called, commands that ran, packages that were fetched, files that were read. */
export const workSection: SectionOf = ({ work }, room) => {
  const shown = room.first(work, 1_000, 'tool calls and commands');
  const outputs = room.fit(
    shown.map(({ output }) => output),
    (text) => (text === '' ? html`` : verbatim(text)),
    { whole: 300_000, what: 'outputs of tools and commands' },
  );
  const body = html`${shown.map(({ task, kind, what, outcome, milliseconds, result }, index) =>
    folded(
      html`<span class="${outcome === 'done' ? 'completed' : 'failed'}">${outcome === 'done' ? '✓' : '✗'}</span> ${kinds[kind]}
        <code>${brief(what, 200)}</code>
        <span class="quiet"
          >${brief(task, 80)}, ${brief(result, 200)}${milliseconds === null ? '' : `, ${formatDuration(milliseconds)}`}</span
        >`,
      outputs[index]?.html ?? '',
    ),
  )}`;
  return {
    id: 'work',
    title: 'Tool calls and commands',
    body: shown.length === 0 ? undefined : body,
    none: 'No tool was called, and no command ran in a step.',
  };
};
