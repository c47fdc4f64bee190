import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { downloadFile } from '../../../src/local-engine/download/download-file.ts';
import { planDownload } from '../../../src/local-engine/download/plan-download.ts';
import { instantClock } from '../../support/instant-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type HubFile, modelBytes, type ModelHubOptions, sendBeginning, startModelHub } from './model-hub.ts';

const content = modelBytes(300_000);
const reference = { kind: 'repository', repository: 'owner/name-GGUF', quantisation: 'Q4_K_M' } as const;

async function planned(options: Partial<ModelHubOptions> = {}, file: Partial<HubFile> = {}) {
  const hub = await startModelHub({ files: [{ path: 'model-Q4_K_M.gguf', content, ...file }], ...options });
  const plan = await planDownload({ reference, cache: temporaryFolder(), endpoint: hub.endpoint });
  const [first] = plan.files;
  if (first === undefined) throw new Error('Nothing was planned.');
  const part = `${first.file}.part`;
  return { hub, plan, part, file: first.file, fetch: (more = {}) => downloadFile({ planned: first, clock: instantClock(), ...more }) };
}

describe('a download', () => {
  it('is the whole file under its name, and nothing else', async () => {
    const { plan, file, fetch } = await planned();
    const progress: number[] = [];
    await fetch({ onProgress: (bytes: number) => progress.push(bytes) });
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(readdirSync(plan.folder)).toEqual(['model-Q4_K_M.gguf']);
    expect(progress.at(-1)).toBe(content.length);
  });

  it('goes on where an earlier one broke off', async () => {
    let broken: ServerResponse | undefined;
    const { hub, part, file, fetch } = await planned({
      fault: (index, response, bytes) => (index === 0 ? ((broken = response), sendBeginning(100_000, response, bytes)) : 'pass'),
    });
    await fetch({ onProgress: () => broken?.destroy() });
    expect(hub.ranges[0]).toBeUndefined();
    expect(hub.ranges.at(-1)).toMatch(/^bytes=\d+-$/);
    expect(readFileSync(file).equals(content)).toBe(true);
    expect(existsSync(part)).toBe(false);
  });

  it('begins again where the server cannot go on', async () => {
    const { part, file, fetch, plan } = await planned({ ranges: 'ignored' });
    mkdirSync(plan.folder, { recursive: true });
    writeFileSync(part, content.subarray(0, 5000));
    await fetch();
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('asks nothing more where the file is here already', async () => {
    const { hub, fetch } = await planned();
    await fetch();
    await fetch();
    expect(hub.ranges).toHaveLength(1);
  });

  it('keeps what has arrived where the connection breaks again and again', async () => {
    let broken: ServerResponse | undefined;
    const { part, file, fetch } = await planned({
      fault: (index, response, bytes) =>
        index === 0 ? ((broken = response), sendBeginning(70_000, response, bytes)) : (response.destroy(), 'handled'),
    });
    await expect(fetch({ onProgress: () => broken?.destroy() })).rejects.toMatchObject({
      code: expect.stringMatching(/^download\./),
      hint: expect.stringContaining('same command again'),
    });
    expect(readFileSync(part).length).toBeGreaterThan(0);
    expect(existsSync(file)).toBe(false);
  });

  it('is given up when nothing arrives any more', async () => {
    const { fetch } = await planned({ fault: (_, response) => (response.writeHead(200).flushHeaders(), 'handled') });
    await expect(fetch({ stallMilliseconds: 30 })).rejects.toMatchObject({
      code: 'download.broken',
      message: expect.stringContaining('nothing arrived'),
    });
  });

  it('stops at once when it is interrupted, and keeps what it has', async () => {
    const { file, fetch } = await planned({
      fault: (_, response, bytes) => (response.writeHead(200), response.write(bytes.subarray(0, 1000)), 'handled'),
    });
    const stop = new AbortController();
    await expect(fetch({ signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) })).rejects.toThrow('enough');
    expect(readFileSync(`${file}.part`)).toHaveLength(1000);
  });

  it.each<[string, Partial<HubFile>, string]>([
    ['the checksum is another one', { announced: { sha256: 'a'.repeat(64) } }, 'checksum'],
    ['it is no model', { content: Buffer.from('<!doctype html>') }, 'does not begin like a GGUF'],
    ['it is longer than announced', { announced: { size: 1000 } }, 'longer'],
  ])('gets no name where %s', async (_, file, message) => {
    const { file: target, part, fetch } = await planned({}, file);
    await expect(fetch()).rejects.toMatchObject({ code: 'download.corrupt', message: expect.stringContaining(message) });
    expect(existsSync(target)).toBe(false);
    expect(existsSync(part)).toBe(false);
  });

  it('refuses to be sent on to where anybody on the way could change it', async () => {
    const { fetch } = await planned({
      fault: (_, response) => (response.writeHead(302, { location: 'http://example.org/model.gguf' }).end(), 'handled'),
    });
    await expect(fetch()).rejects.toMatchObject({ code: 'download.bad_address', message: expect.stringContaining('not encrypted') });
  });

  it('refuses to be sent on to what is no address', async () => {
    const { fetch } = await planned({ fault: (_, response) => (response.writeHead(302, { location: 'http://[' }).end(), 'handled') });
    await expect(fetch()).rejects.toMatchObject({ code: 'download.bad_address' });
  });
});

describe('the plan of a download', () => {
  it.each([
    ['no list', '{"error": "moved"}'],
    ['no JSON', '<!doctype html>'],
    ['a list of something else', '[{"name": "a.gguf"}]'],
  ])('is none where the place answers with %s', async (_, body) => {
    const server = createServer((_request, response) => void response.end(body)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(planDownload({ reference, cache: temporaryFolder(), endpoint })).rejects.toMatchObject({
      code: 'download.not_understood',
      message: `${endpoint} did not answer like Hugging Face.`,
      hint: expect.stringContaining('HF_ENDPOINT'),
    });
  });

  it('takes a name that is wrongly encoded as it stands, which no model file has', async () => {
    const planning = planDownload({
      reference: { kind: 'address', address: 'https://models.invalid/100%zz.gguf' },
      cache: temporaryFolder(),
      endpoint: 'https://models.invalid',
    });
    await expect(planning).rejects.toMatchObject({ code: 'download.bad_address' });
  });

  const names = (plan: Awaited<ReturnType<typeof planDownload>>) => plan.files.map(({ file }) => file.slice(plan.folder.length + 1));
  const plan = async (files: string[], quantisation = 'Q4_K_M') => {
    const hub = await startModelHub({ files: files.map((path) => ({ path, content })) });
    const cache = temporaryFolder();
    return { hub, cache, plan: () => planDownload({ reference: { ...reference, quantisation }, cache, endpoint: hub.endpoint }) };
  };

  it('tells from where, how large, to which folder, and fetches nothing', async () => {
    const { hub, cache, plan: make } = await plan(['model-Q4_K_M.gguf', 'model-Q8_0.gguf', 'README.md']);
    expect(await make()).toEqual({
      from: `${hub.endpoint}/owner/name-GGUF`,
      folder: join(cache, 'models', 'owner', 'name-GGUF'),
      files: [
        {
          url: `${hub.endpoint}/owner/name-GGUF/resolve/main/model-Q4_K_M.gguf`,
          file: join(cache, 'models', 'owner', 'name-GGUF', 'model-Q4_K_M.gguf'),
          bytes: content.length,
          sha256: expect.stringMatching(/^[\da-f]{64}$/),
        },
      ],
    });
    expect(hub.paths).toEqual(['GET /api/models/owner/name-GGUF/tree/main']);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('takes all parts of a divided model, in order, and no picture projector', async () => {
    const { plan: make } = await plan([
      'Q4_K_M/big-Q4_K_M-00002-of-00002.gguf',
      'Q4_K_M/big-Q4_K_M-00001-of-00002.gguf',
      'mmproj-Q4_K_M.gguf',
      'big-UD-Q4_K_M-other.gguf',
    ]);
    expect(names(await make())).toEqual(['big-Q4_K_M-00001-of-00002.gguf', 'big-Q4_K_M-00002-of-00002.gguf']);
  });

  it('names what there is where the quantisation is not among it', async () => {
    const { plan: make } = await plan(['model-Q8_0.gguf']);
    await expect(make()).rejects.toMatchObject({ code: 'download.no_such_file', hint: expect.stringContaining('model-Q8_0') });
  });

  it('refuses a divided model of which a part is missing', async () => {
    const { plan: make } = await plan(['big-Q4_K_M-00001-of-00002.gguf']);
    await expect(make()).rejects.toMatchObject({ code: 'download.no_such_file' });
  });

  it.each(['../../x-Q4_K_M.gguf', 'a/../b-Q4_K_M.gguf', '-Q4_K_M.gguf', 'a\u001B[2J-Q4_K_M.gguf'])(
    'leaves out a name that is none: %j',
    async (path) => {
      const { plan: make } = await plan([path]);
      await expect(make()).rejects.toMatchObject({ code: 'download.no_such_file' });
    },
  );

  it('says what it means that a repository is refused', async () => {
    const { hub } = await plan([]);
    const other = { ...reference, repository: 'owner/unknown' };
    const making = planDownload({ reference: other, cache: temporaryFolder(), endpoint: hub.endpoint });
    await expect(making).rejects.toMatchObject({ code: 'download.refused', message: expect.stringContaining('HTTP 404') });
  });

  it('is made for a file at an address, too', async () => {
    const { hub, cache } = await plan(['some-model.gguf']);
    const address = `${hub.endpoint}/held/some-model.gguf`;
    const made = await planDownload({ reference: { kind: 'address', address }, cache, endpoint: hub.endpoint, sha256: 'B'.repeat(64) });
    expect(made).toMatchObject({ from: hub.endpoint, files: [{ bytes: content.length, sha256: 'b'.repeat(64) }] });
    expect(names(made)).toEqual(['some-model.gguf']);
  });

  it.each([
    ['http://example.org/model.gguf', 'not encrypted'],
    ['ftp://example.org/model.gguf', 'is not an address'],
    ['https://me:secret@example.org/model.gguf', 'password'],
    ['https://example.org/model.html', 'does not name a .gguf file'],
    ['https://example.org/%2e%2e%2fx', 'does not name a .gguf file'],
  ])('refuses %s before anything is asked', async (address, message) => {
    const making = planDownload({ reference: { kind: 'address', address }, cache: temporaryFolder(), endpoint: 'https://example.org' });
    await expect(making).rejects.toMatchObject({ code: 'download.bad_address', message: expect.stringContaining(message) });
    await expect(making).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });
});
