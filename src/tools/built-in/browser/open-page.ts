import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { execPath, getuid } from 'node:process';
import { z } from 'zod';
import { defaultLimits } from '../../../sandbox/limits.ts';
import type { CommandResult } from '../../../sandbox/sandbox.ts';
import { environmentWithoutSecrets } from '../../../utils/environment-without-secrets.ts';
import { parseJson } from '../../../utils/parse-json.ts';
import { printableLine, shorten } from '../../../utils/printable.ts';
import { quotedForShell } from '../../../utils/quoted-for-shell.ts';
import type { ToolContext } from '../../tool.ts';
import { guardedPlaces } from '../guarded-places.ts';
import type { FoundBrowser } from './find-browser.ts';
import type { PageOrder, PageToOpen, SeenPage } from './seen-page.ts';

/** Of what the program prints: it keeps below this by itself. */
const mostBytes = 2_000_000;
const mostWords = 300;

const problems = z.array(z.object({ kind: z.enum(['uncaught', 'console', 'missing', 'refused', 'asked']), text: z.string() }));
const seenPage: z.ZodType<SeenPage> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seen'), title: z.string(), address: z.string(), outline: z.string(), problems, more: z.number() }),
  z.object({ kind: z.literal('failed'), why: z.string(), problems, more: z.number() }),
]);

/**
 * Opens a page with a browser in the sandbox, and ends it. It reaches the files of the project, and with a page of a server this machine; nothing else.
 * Without a sandbox nothing is opened, unless a person has switched that off.
 */
export async function openPage(page: PageToOpen, browser: FoundBrowser, context: ToolContext): Promise<SeenPage> {
  const { sandbox, workspace, environment, secrets } = context;
  const probe = await sandbox.probe();
  if (probe.state === 'missing') return failed(`this machine has no sandbox (${probe.why}), and a page runs programs`);
  const program = join(import.meta.dirname, `open-page-main${extname(import.meta.filename)}`);
  const node = realpathSync(execPath);
  const guard = sandbox.kind !== 'off' ? 'sandbox' : getuid?.() === 0 ? 'nothing' : 'browser';
  const order: PageOrder = { page, program: browser.program, library: browser.library, guard };
  const wall = context.callMilliseconds;
  // The sandbox has a home and a place for temporary files that go with it. Without one the browser's profile is put here.
  const own = mkdtempSync(join(tmpdir(), 'multiagent-browser-'));
  const printed: Buffer[] = [];
  let bytes = 0;
  try {
    const result = await sandbox.run({
      command: [node, '--no-warnings', program, JSON.stringify(order)].map(quotedForShell).join(' '),
      folder: workspace,
      guarded: guardedPlaces(workspace),
      readable: [dirname(program), dirname(node), ...browser.readable],
      environment: {
        ...environmentWithoutSecrets(environment, { secrets }),
        ...(sandbox.kind === 'off' ? { HOME: own, TMPDIR: own } : {}),
      },
      network: page.kind === 'server' ? 'machine' : 'none',
      limits: { ...defaultLimits(wall), outputBytes: mostWords },
      signal: context.signal,
      onOutput: (chunk) => {
        bytes += chunk.length;
        if (bytes <= mostBytes) printed.push(Buffer.from(chunk));
      },
    });
    return toldBy(result, Buffer.concat(printed).toString('utf8'), wall);
  } finally {
    rmSync(own, { recursive: true, force: true, maxRetries: 5 });
  }
}

function toldBy(result: CommandResult, printed: string, wall: number): SeenPage {
  const last = printed.trimEnd().slice(printed.trimEnd().lastIndexOf('\n') + 1);
  const seen = seenPage.safeParse(parseJson(last));
  if (seen.success) return seen.data;
  if (result.outcome === 'timed_out') return failed(`it took longer than ${wall / 1000} seconds`);
  if (result.exceeded !== undefined) return failed(`it took too ${result.exceeded === 'memory' ? 'much memory' : 'many processes'}`);
  const words = shorten(printableLine((printed || result.output).trim()), mostWords);
  return failed(`the browser broke down${words === '' ? '' : ` (${words})`}`);
}

function failed(why: string): SeenPage {
  return { kind: 'failed', why, problems: [], more: 0 };
}
