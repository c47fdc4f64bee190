import type { RunReport } from '../../operations/report/report-of-run.ts';
import { html, type Html, type HtmlValue } from './html.ts';
import type { Room } from './room.ts';

/** One part of a page. */
export interface Section {
  /** Letters and `-`, once on a page. */
  id: string;
  title: string;
  /** Undefined: there is nothing to tell, and the page says `none`. */
  body: Html | undefined;
  /** What stands where there is nothing to tell; a sentence. */
  none: string;
}

/** What makes one part of the page about a run. */
export type SectionOf = (report: RunReport, room: Room) => Section;

export function sectionHtml({ id, title, body, none }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">${title}</h2>
    ${body ?? html`<p class="quiet">${none}</p>`}
  </section> `;
}

export interface Table {
  caption: string;
  /** The first column names the row; those that begin with `#` are of numbers. */
  head: readonly string[];
  rows: readonly (readonly HtmlValue[])[];
}

/** A table that scrolls by itself where it is wider than the page. */
export function table({ caption, head, rows }: Table): Html {
  const number = head.map((name) => name.startsWith('#'));
  const cells = (row: readonly HtmlValue[]) =>
    row.map((cell, index) => {
      if (index === 0) return html`<th scope="row">${cell}</th>`;
      return number[index] ? html`<td class="n">${cell}</td>` : html`<td>${cell}</td>`;
    });
  return html`<div class="wide" tabindex="0" role="group" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head.map((name, index) => html`<th scope="col" ${number[index] ? html` class="n"` : ''}>${name.replace('#', '')}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (row) =>
            html`<tr>
              ${cells(row)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`;
}

/** What is folded until somebody opens it. */
export function folded(summary: HtmlValue, body: HtmlValue): Html {
  return html`<details>
    <summary>${summary}</summary>
    <div class="in">${body}</div>
  </details>`;
}

/** A text as it is, with its lines. */
export function verbatim(text: string): Html {
  return html`<pre tabindex="0">${text}</pre>`;
}
