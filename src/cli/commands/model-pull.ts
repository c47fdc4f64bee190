import { mkdirSync, statfsSync } from 'node:fs';
import process from 'node:process';
import { readDotenv } from '../../config/read-dotenv.ts';
import { usualEndpoint } from '../../local-engine/download/download-address.ts';
import { downloadError } from '../../local-engine/download/download-error.ts';
import { downloadFile } from '../../local-engine/download/download-file.ts';
import { parseModelReference } from '../../local-engine/download/model-reference.ts';
import { type DownloadPlan, planDownload } from '../../local-engine/download/plan-download.ts';
import { proxiesOf } from '../../local-engine/download/proxies.ts';
import { withoutCredentials } from '../../llm/server/require-local-address.ts';
import { findInCatalogue } from '../../local-engine/machine/catalogue.ts';
import { systemClock } from '../../utils/clock.ts';
import { MultiagentError } from '../../utils/multiagent-error.ts';
import { printableLine } from '../../utils/printable.ts';
import { type ExitCode, exitCode } from '../exit-code.ts';
import { localFile, tinyModelName } from '../model/chosen-model.ts';
import { formatBytes } from '../../utils/format-bytes.ts';
import { cacheFolder } from '../model/state-folders.ts';
import { waitingLine } from '../model/waiting-line.ts';
import { writeFolded } from '../write-folded.ts';
import { confirm } from '../runs/confirm.ts';
import { usageError } from '../usage-error.ts';
import { stopOnSignal } from '../stop-signals.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

export interface ModelPullOptions {
  yes?: boolean | undefined;
  sha256?: string | undefined;
}

/** `multiagent model pull <model>`: shows what it would download, asks, and downloads it. 130 if it was interrupted; the next time it continues. */
export async function modelPull(name: string, { yes, sha256 }: ModelPullOptions): Promise<ExitCode> {
  if (name === tinyModelName) throw usageError('The tiny model comes with this program.', 'Start it: multiagent model start tiny');
  if (sha256 !== undefined && !/^[\da-f]{64}$/i.test(sha256))
    throw usageError('--sha256 must be 64 hexadecimal digits.', 'Copy it from the page where the file is published.');
  const reference = parseModelReference(name);
  if (sha256 !== undefined && reference.kind !== 'address')
    throw usageError('--sha256 is only for an address.', 'Leave it out: a repository publishes its checksums itself.');
  const here = reference.kind === 'repository' ? localFile(reference) : undefined;
  if (here !== undefined) {
    writeFolded(`${printableLine(name)} is already here: ${here}\n`);
    return exitCode.completed;
  }
  const plan = await planDownload({ reference, cache: cacheFolder(), endpoint: endpoint(), sha256, proxies: proxiesOf(process.env) });
  process.stdout.write(described(plan, findInCatalogue(name)?.license));
  requireRoom(plan);
  if (!yes) {
    const answer = await confirm('Download it?', '--yes');
    if (answer === 'stopped') return exitCode.interrupted;
    if (answer === 'no') {
      process.stdout.write('Nothing was downloaded.\n');
      return exitCode.completed;
    }
  }
  using stop = stopOnSignal(
    new MultiagentError({ category: 'stopped', code: 'run.interrupted', message: 'Interrupted; the same command continues from here.' }),
  );
  await fetchAll(plan, stop.signal);
  const file = plan.files[0]?.file ?? '';
  writeFolded(`Downloaded: ${file}\nStart it: multiagent model start ${reference.kind === 'address' ? file : printableLine(name)}\n`);
  return exitCode.completed;
}

/** A project may not decide where models come from: the checksums come from there, too, and all projects share what was downloaded. */
function endpoint(): string {
  const own = process.env['HF_ENDPOINT'];
  const asked = readDotenv(process.cwd())['HF_ENDPOINT'];
  if (!own && asked !== undefined && asked !== '' && trimEndOf(asked, /\//) !== usualEndpoint) {
    throw new MultiagentError({
      category: 'usage',
      code: 'settings.invalid',
      message: `.env, HF_ENDPOINT: models would come from ${printableLine(withoutCredentials(asked))}, and a file of the project must not decide that.`,
      hint: 'If you want it, set HF_ENDPOINT in your shell to that address. Otherwise remove it from .env.',
    });
  }
  return trimEndOf(own || usualEndpoint, /\//);
}

function described({ from, folder, files }: DownloadPlan, license: string | undefined): string {
  const total = files.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
  const lines = [
    `from      ${from}`,
    `to        ${folder}`,
    ...files.map(({ file, bytes, sha256 }) => {
      const size = bytes === undefined ? 'of unknown size' : `${formatBytes(bytes)} (${bytes} bytes)`;
      return `file      ${file.slice(folder.length + 1)}, ${size}, ${sha256 === undefined ? 'no checksum is known' : `SHA-256 ${sha256}`}`;
    }),
    ...(files.length > 1 && total !== undefined ? [`together  ${formatBytes(total)}`] : []),
    ...(license === undefined ? [] : [`license   ${license}`]),
  ];
  return `${lines.map(printableLine).join('\n')}\n`;
}

/** @throws MultiagentError `download.disk_full` before anything is downloaded. */
function requireRoom({ folder, files }: DownloadPlan): void {
  mkdirSync(folder, { recursive: true });
  const { bavail, bsize } = statfsSync(folder);
  const needed = files.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  if (needed <= bavail * bsize) return;
  const message = `${formatBytes(needed)} do not fit on the disk of ${folder}, which has ${formatBytes(bavail * bsize)} free.`;
  throw downloadError('disk_full', message, { hint: 'Free some disk space, or set XDG_CACHE_HOME to a folder on another disk.' });
}

async function fetchAll({ files }: DownloadPlan, signal: AbortSignal): Promise<void> {
  for (const planned of files) {
    const name = planned.file.replace(/^.*[/\\]/, '');
    const progress = waitingLine(process.stderr, `Downloading ${name}`, systemClock);
    const begun = { at: systemClock.now(), bytes: undefined as number | undefined };
    const onProgress = (bytes: number) => {
      begun.bytes ??= bytes;
      const seconds = (systemClock.now() - begun.at) / 1000;
      const speed = seconds < 1 ? '' : `, ${formatBytes((bytes - begun.bytes) / seconds)}/s`;
      const all = planned.bytes === undefined ? '' : ` of ${formatBytes(planned.bytes)} (${Math.floor((bytes / planned.bytes) * 100)} %)`;
      progress.show(`${formatBytes(bytes)}${all}${speed}`);
    };
    try {
      await downloadFile({ planned, clock: systemClock, signal, proxies: proxiesOf(process.env), onProgress });
    } finally {
      progress.clear();
    }
  }
}
