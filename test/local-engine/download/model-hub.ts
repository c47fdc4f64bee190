import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface HubFile {
  path: string;
  content: Buffer;
  /** What the list says instead of the truth. */
  announced?: { size?: number; sha256?: string };
}

export interface ModelHubOptions {
  files: readonly HubFile[];
  /** What happens to a request for a file, by its number from 0; absent: it is answered as it should be. */
  fault?: (index: number, response: ServerResponse, content: Buffer) => 'handled' | 'pass';
  /** `ignored`: always the whole file. Default `honoured`. */
  ranges?: 'honoured' | 'ignored';
}

export interface ModelHub {
  endpoint: string;
  /** Of requests for files, the `Range` of each. */
  ranges: (string | undefined)[];
  paths: string[];
}

/** Stands in for a place that publishes models as Hugging Face does. Goes with the test. */
export async function startModelHub({ files, fault, ranges = 'honoured' }: ModelHubOptions): Promise<ModelHub> {
  const hub: ModelHub = { endpoint: '', ranges: [], paths: [] };
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const path = decodeURIComponent((request.url ?? '').replace(/\?.*$/, ''));
    hub.paths.push(`${request.method} ${path}`);
    if (path === '/api/models/owner/name-GGUF/tree/main') {
      const list = files.map(({ path, content, announced }) => ({
        type: 'file',
        path,
        size: content.length,
        lfs: { oid: announced?.sha256 ?? createHash('sha256').update(content).digest('hex'), size: announced?.size ?? content.length },
      }));
      response.end(JSON.stringify([{ type: 'directory', path: 'folder' }, ...list]));
      return;
    }
    // The place where the file is sends on to the place that holds it.
    const moved = /^\/owner\/name-GGUF\/resolve\/main\/(.+)$/.exec(path)?.[1];
    if (moved !== undefined) {
      response.writeHead(302, { location: `/held/${encodeURIComponent(moved)}` }).end();
      return;
    }
    const file = files.find((known) => path === `/held/${known.path}`);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    sendFile(request, response, file.content);
  };
  const sendFile = (request: IncomingMessage, response: ServerResponse, content: Buffer) => {
    if (request.method === 'HEAD') {
      response.writeHead(200, { 'content-length': content.length }).end();
      return;
    }
    const { range } = request.headers;
    hub.ranges.push(range);
    if (fault?.(hub.ranges.length - 1, response, content) === 'handled') return;
    const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
    if (from === 0 || ranges === 'ignored') response.writeHead(200, { 'content-length': content.length }).end(content);
    else if (from >= content.length) response.writeHead(416).end();
    else response.writeHead(206, { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }).end(content.subarray(from));
  };
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  hub.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return hub;
}

/** Something that begins as a model does. */
export function modelBytes(length: number, seed = 1): Buffer {
  const content = Buffer.alloc(length, seed);
  content.write('GGUF', 'latin1');
  return content;
}

/** Sends some of a file and no more, until the test breaks the connection: a break that comes with the bytes may take them along. */
export function sendBeginning(bytes: number, response: ServerResponse, content: Buffer): 'handled' {
  response.writeHead(200, { 'content-length': content.length });
  response.write(content.subarray(0, bytes));
  return 'handled';
}
