/**
 * A program of its own: opens a page in the sandbox, because a page is a program that somebody wrote. Its argument is a `PageOrder`, its last line a `SeenPage`, and the
 * files of the project are those of the folder that it runs in. It loads nothing but the files beside it and playwright-core: the sandbox shows no others.
 */
import process from 'node:process';
import { answerRequest, localHosts } from './answer-request.ts';
import { PageNotes } from './page-notes.ts';
import { type PageOrder, type PageToOpen, projectOrigin, type SeenPage } from './seen-page.ts';

const most = { text: 1000, outline: 300_000 };
const milliseconds = { start: 45_000, load: 25_000, quiet: 2000, look: 15_000, end: 3000 };

/** What is said where the time for it is over. */
const late = {
  start: `the browser did not start within ${milliseconds.start / 1000} seconds`,
  load: `it did not load within ${milliseconds.load / 1000} seconds`,
  look: `it is busy and did not answer within ${milliseconds.look / 1000} seconds`,
};

const notes = new PageNotes();
let doing: keyof typeof late = 'start';
const seen = await look(JSON.parse(process.argv[2] ?? '') as PageOrder).catch(failed);
process.stdout.write(`${JSON.stringify(seen)}\n`, () => process.exit(0));

async function look({ page: asked, program, library, guard }: PageOrder): Promise<SeenPage> {
  const { chromium } = (await import(library)) as typeof import('playwright-core');
  const open = asked.kind === 'server' ? [...localHosts] : [];
  const browser = await chromium.launch({
    executablePath: program,
    chromiumSandbox: guard === 'browser',
    timeout: milliseconds.start,
    // What no request of the page asks for, such as a redirect, a socket or a connection between browsers, ends here: no name is looked up, and there is no such proxy.
    proxy: { server: 'http://proxy.invalid:1', ...(open.length === 0 ? {} : { bypass: open.join(',') }) },
    args: [
      `--host-resolver-rules=${['MAP * ~NOTFOUND', ...open.map((host) => `EXCLUDE ${host}`)].join(', ')}`,
      '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
      '--disable-gpu',
    ],
  });
  try {
    const context = await browser.newContext({ serviceWorkers: 'block', acceptDownloads: false });
    // A request whose page has gone meanwhile needs no answer.
    await context.route('**/*', (route) => answerRequest(route, asked.kind, notes).catch(() => undefined));
    const page = await context.newPage();
    notes.listen(context, page);
    doing = 'load';
    await page.goto(addressOf(asked), { timeout: milliseconds.load, waitUntil: 'load' });
    // For what scripts fetch after that. A page that never rests is looked at as it is.
    await page.waitForLoadState('networkidle', { timeout: milliseconds.quiet }).catch(() => undefined);
    doing = 'look';
    const outline = await page.locator('body').ariaSnapshot({ timeout: milliseconds.look });
    const title = await withEnd(page.title(), milliseconds.look);
    const address = page.url();
    return {
      kind: 'seen',
      title: title.slice(0, most.text),
      address: address.slice(0, most.text),
      outline: outline.slice(0, most.outline),
      problems: notes.problems,
      more: notes.more,
    };
  } finally {
    await withEnd(browser.close(), milliseconds.end).catch(() => undefined);
  }
}

function addressOf(asked: PageToOpen): string {
  if (asked.kind === 'server') return asked.address;
  return `${projectOrigin}/${asked.path.split('/').map(encodeURIComponent).join('/')}${asked.rest}`;
}

/** Of an error of playwright-core its first line, without the function that it names, and what the browser said of itself where it did not start. */
function failed(error: unknown): SeenPage {
  const { name, message } = error as Error;
  const lines = name === 'TimeoutError' ? [late[doing]] : message.split('\n');
  const said = lines.find((line) => line.includes('[err] '));
  const why = [lines[0]?.replace(/^[a-z]{1,20}\.[a-z]{1,20}: /i, ''), said?.slice(said.indexOf('[err] ') + 6)];
  return { kind: 'failed', why: why.filter(Boolean).join('; ').slice(0, most.text), problems: notes.problems, more: notes.more };
}

async function withEnd<Result>(work: Promise<Result>, after: number): Promise<Result> {
  const end = Promise.withResolvers<never>();
  const timer = setTimeout(() => end.reject(Object.assign(new Error(), { name: 'TimeoutError' })), after);
  try {
    return await Promise.race([work, end.promise]);
  } finally {
    clearTimeout(timer);
  }
}
