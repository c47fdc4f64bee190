import { html, type Html } from './html.ts';
import type { SectionOf } from './section.ts';
import { anchors, brief, moment } from './words.ts';

/** What people told the team while it worked, when they had it pause, and what they changed of what a step gave. */
export const steeringSection: SectionOf = (report, room) => {
  const shown = room.first(report.steering, 300, 'words and changes of people');
  const placeOf = anchors(report);
  const texts = room.fit(
    shown.map((each) => (each.kind === 'said' ? each.text : '')),
    (text) => html`<q>${text.trim()}</q>`,
    { whole: 150_000, what: 'texts that people told the team' },
  );
  const told = shown.map((each, index): Html => {
    const by = brief(each.by, 80);
    if (each.kind === 'said') return html`${by} told the team: ${texts[index]?.html}`;
    if (each.kind === 'paused') return html`${by} had the run pause.`;
    const place = placeOf.get(each.task);
    const step = place === undefined ? brief(each.task, 120) : html`<a href="#${place}">${brief(each.task, 120)}</a>`;
    return html`${by} changed <code>${brief(each.path, 200)}</code>, which ${step} had given. Later steps read the new version.`;
  });
  const body = html`<ul>
    ${told.map((each, index) => html`<li>${moment(shown[index]?.time ?? 0)}: ${each}</li>`)}
  </ul>`;
  return {
    id: 'steering',
    title: 'What people said and changed',
    body: told.length === 0 ? undefined : body,
    none: 'Nobody said or changed anything.',
  };
};
