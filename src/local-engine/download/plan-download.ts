import { basename, join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../utils/parse-json.ts';
import { boundedText } from '../../llm/server/bounded-text.ts';
import { checkDownloadAddress } from './download-address.ts';
import { downloadError } from './download-error.ts';
import { fetchSafely } from './fetch-safely.ts';
import { folderOfRepository, partsOf } from './model-folders.ts';
import type { Proxies } from './proxies.ts';
import { hasQuantisation, type ModelReference, partMark } from './model-reference.ts';
import { trimEndOf } from '../../utils/trim-end-of.ts';

export interface PlannedFile {
  url: string;
  /** Absolute path. */
  file: string;
  /** Undefined if the server does not say. */
  bytes: number | undefined;
  /** The expected checksum in hexadecimal; undefined if it is unknown. */
  sha256: string | undefined;
}

export interface DownloadPlan {
  /** The repository or the host, for messages. */
  from: string;
  folder: string;
  /** A server is started with the first one. */
  files: PlannedFile[];
}

export interface PlanDownloadOptions {
  reference: ModelReference;
  cache: string;
  /** Without a slash at the end. */
  endpoint: string;
  /** The expected checksum of the file at an address, if known. */
  sha256?: string | undefined;
  signal?: AbortSignal | undefined;
  proxies?: Proxies | undefined;
}

const entry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.number().optional(),
  lfs: z.object({ oid: z.string(), size: z.number() }).optional(),
});

/** A file name that cannot lead out of its folder. */
const plainName = /^[0-9A-Za-z][\w.+-]{0,250}\.gguf$/i;

/**
 * Finds out where the files of a model are, without downloading any.
 * @throws MultiagentError `download.…`
 */
export async function planDownload(options: PlanDownloadOptions): Promise<DownloadPlan> {
  return options.reference.kind === 'address'
    ? planAddress(options, options.reference.address)
    : planRepository(options, options.reference);
}

async function planRepository(
  { cache, endpoint, signal, proxies }: PlanDownloadOptions,
  { repository, quantisation }: { repository: string; quantisation: string },
): Promise<DownloadPlan> {
  const root = trimEndOf(checkDownloadAddress(endpoint).href, /\//);
  const response = await fetchSafely(`${root}/api/models/${repository}/tree/main?recursive=true`, { signal, proxies });
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(repository, root, response.status);
  }
  const listed = z.array(entry).safeParse(await boundedText(response).then(parseJson, () => undefined));
  if (!listed.success) throw notUnderstood(root);
  const models = listed.data.filter(({ type, path }) => type === 'file' && plainName.test(basename(path)) && !path.includes('..'));
  const matching = models
    .filter(({ path }) => hasQuantisation(path, quantisation))
    .sort((a, b) => a.path.length - b.path.length || a.path.localeCompare(b.path));
  const names = partsOf(basename(matching[0]?.path ?? ''));
  const chosen = names.flatMap((name) => matching.find(({ path }) => basename(path) === name) ?? []);
  if (chosen.length === 0 || chosen.length < names.length) {
    throw noSuchFile(
      `${repository}:${quantisation}`,
      models.map(({ path }) =>
        basename(path)
          .replace(/\.gguf$/i, '')
          .replace(partMark, ''),
      ),
    );
  }
  const folder = folderOfRepository(cache, repository);
  return {
    from: `${root}/${repository}`,
    folder,
    files: chosen.map(({ path, size, lfs }) => ({
      url: `${root}/${repository}/resolve/main/${path.split('/').map(encodeURIComponent).join('/')}`,
      file: join(folder, basename(path)),
      bytes: lfs?.size ?? size,
      sha256: lfs !== undefined && /^[\da-f]{64}$/i.test(lfs.oid) ? lfs.oid.toLowerCase() : undefined,
    })),
  };
}

async function planAddress({ cache, sha256, signal, proxies }: PlanDownloadOptions, address: string): Promise<DownloadPlan> {
  const url = checkDownloadAddress(address);
  const name = fileName(url);
  if (!plainName.test(name)) {
    throw downloadError('bad_address', `${url.origin}${url.pathname} does not name a .gguf file.`, {
      category: 'usage',
      hint: 'Give the address of the model file itself.',
    });
  }
  const response = await fetchSafely(url.href, { method: 'HEAD', signal, proxies });
  await response.body?.cancel();
  if (!response.ok) throw refused(name, url.origin, response.status);
  const length = Number(response.headers.get('content-length') ?? Number.NaN);
  const folder = join(cache, 'models', url.hostname.replaceAll(/[^\w.-]/g, '_'));
  const bytes = Number.isSafeInteger(length) && length > 0 ? length : undefined;
  return { from: url.origin, folder, files: [{ url: url.href, file: join(folder, name), bytes, sha256: sha256?.toLowerCase() }] };
}

/** The last part of the path, decoded if that is possible. */
function fileName({ pathname }: URL): string {
  try {
    return basename(decodeURIComponent(pathname));
  } catch {
    return basename(pathname);
  }
}

function refused(what: string, where: string, status: number) {
  const message = `${where} refuses to send ${what} (HTTP ${status}).`;
  const hint =
    status === 401 || status === 403
      ? 'Either its licence must be accepted first, or there is no such model. Download the file in a browser and pass its path to "multiagent model start".'
      : 'Check the name; "multiagent model list" shows models that are known to work.';
  return downloadError('refused', message, { hint });
}

function noSuchFile(what: string, names: readonly string[]) {
  const known = [...new Set(names)].slice(0, 20).join(', ');
  const hint =
    known === ''
      ? 'Look for a repository of the same model whose name ends with -GGUF.'
      : `Available: ${known}. Name the end of one, as in owner/name:Q4_K_M.`;
  return downloadError('no_such_file', `There is no model file for ${what}.`, { category: 'usage', hint });
}

function notUnderstood(where: string) {
  return downloadError('not_understood', `${where} did not answer like Hugging Face.`, {
    hint: 'Check HF_ENDPOINT, or give the address of the .gguf file.',
  });
}
