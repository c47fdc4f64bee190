import { createHash } from 'node:crypto';
import { html, type Html, trustedHtml } from './html.ts';
import { type Section, sectionHtml } from './section.ts';
import { style } from './style.ts';

export interface Page {
  title: string;
  /** Below the title. */
  about: Html;
  sections: readonly Section[];
}

/** Nothing is loaded, run, framed or sent: only this style applies. */
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** One page that needs nothing else. */
export function pageHtml({ title, about, sections }: Page): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${trustedHtml(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title}</title>
        ${trustedHtml(`<style>${style}</style>`)}
      </head>
      <body>
        <a class="skip" href="#${sections[0]?.id}">To the outcome</a>
        <header>
          <h1>${title}</h1>
          ${about}
          <nav aria-label="Parts of this page">
            <ul>
              ${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}
            </ul>
          </nav>
        </header>
        <main>${sections.map(sectionHtml)}</main>
      </body>
    </html> `.text;
}
