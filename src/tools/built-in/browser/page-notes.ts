import type { BrowserContext, Page } from 'playwright-core';
import { type PageProblem, projectOrigin } from './seen-page.ts';

const most = { problems: 50, text: 1000 };

/** What goes wrong with a page while it is open. Loaded by the program in the sandbox, with nothing from other folders. */
export class PageNotes {
  readonly problems: PageProblem[] = [];
  more = 0;

  /** The same a hundred times is one problem. */
  add(kind: PageProblem['kind'], text: string): void {
    const told = text.slice(0, most.text);
    if (this.problems.some((known) => known.kind === kind && known.text === told)) return;
    if (this.problems.length < most.problems) this.problems.push({ kind, text: told });
    else this.more += 1;
  }

  /** Notes what the page does from now on. What would wait for a person, or leave the page, is ended. */
  listen(context: BrowserContext, page: Page): void {
    page.on('pageerror', (error) => this.add('uncaught', described(error)));
    page.on('crash', () => this.add('uncaught', 'the page broke down'));
    page.on('console', (message) => {
      // What could not be loaded is told with its reason.
      if (message.type() !== 'error' || message.text().startsWith('Failed to load resource:')) return;
      const { url, lineNumber } = message.location();
      this.add('console', `${message.text().slice(0, most.text / 2)}${url === '' ? '' : ` (${url}:${lineNumber + 1})`}`);
    });
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      // Refused here, or given up by the page itself.
      if (why.startsWith('net::ERR_BLOCKED_BY_CLIENT') || why === 'net::ERR_ABORTED') return;
      this.add('missing', `${request.method()} ${request.url()} (${why})`);
    });
    page.on('response', (response) => {
      if (response.status() < 400 || response.url().startsWith(`${projectOrigin}/`)) return;
      this.add('missing', `${response.request().method()} ${response.url()} (${response.status()})`);
    });
    page.on('dialog', (dialog) => {
      this.add('asked', `${dialog.type()} "${dialog.message().slice(0, most.text / 2)}" (dismissed)`);
      void dialog.dismiss().catch(() => undefined);
    });
    page.on('download', (download) => this.add('asked', `a download of ${download.url()} (refused)`));
    context.on('page', (other) => {
      if (other === page) return;
      this.add('asked', `a window for ${other.url()} (closed)`);
      void other.close().catch(() => undefined);
    });
  }
}

/** An exception with the first place in its stack. */
function described({ name, message, stack = '' }: Error): string {
  const place = stack.split('\n').find((line) => line.trimStart().startsWith('at '));
  return `${name}: ${message.slice(0, most.text / 2)}${place === undefined ? '' : ` ${place.trim()}`}`;
}
