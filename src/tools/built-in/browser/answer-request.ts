import { realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Route } from 'playwright-core';
import type { PageNotes } from './page-notes.ts';
import { type PageToOpen, projectOrigin } from './seen-page.ts';

/** What a page of a server may ask. */
export const localHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

const mostMegabytes = 20;

/** Answers a request of a page: from the folder, by a server on this machine where the page is one of a server, or not at all. */
export async function answerRequest(route: Route, asked: PageToOpen['kind'], notes: PageNotes): Promise<void> {
  const request = route.request();
  const url = new URL(request.url());
  const refuse = (why: string) => {
    notes.add('refused', `${request.method()} ${url.href} (${why})`);
    return route.abort('blockedbyclient');
  };
  if (asked === 'server') return localHosts.has(url.hostname) ? route.continue() : refuse('it leads out of this machine');
  if (url.origin !== projectOrigin) return refuse('a page of the project reaches nothing but its files');
  const file = request.method() === 'GET' ? fileAt(url) : { why: 'there is no server behind it' };
  if ('path' in file) return route.fulfill({ path: file.path });
  notes.add('missing', `${request.method()} ${url.href} (${file.why})`);
  return route.fulfill({ status: 404, body: '' });
}

/** The file of the folder that this runs in for an address. No link out of it is followed. */
function fileAt({ pathname }: URL): { path: string } | { why: string } {
  const missing = { why: 'there is no such file' };
  try {
    const root = realpathSync('.');
    const named = realpathSync(join(root, decodeURIComponent(pathname)));
    const path = statSync(named).isDirectory() ? realpathSync(join(named, 'index.html')) : named;
    const stats = statSync(path);
    if (!path.startsWith(`${root}${sep}`) || !stats.isFile()) return missing;
    return stats.size > mostMegabytes * 1_000_000 ? { why: `it is larger than ${mostMegabytes} MB` } : { path };
  } catch {
    return missing;
  }
}
