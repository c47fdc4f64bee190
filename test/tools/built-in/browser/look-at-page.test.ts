import { readdirSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { rightsOfSteps } from '../../../../src/orchestrator/call-rights.ts';
import { Bubblewrap } from '../../../../src/sandbox/bubblewrap/bubblewrap.ts';
import { Unconfined } from '../../../../src/sandbox/unconfined.ts';
import { lookAtPage } from '../../../../src/tools/built-in/browser/look-at-page.ts';
import { runTool } from '../../../../src/tools/run-tool.ts';
import type { ToolContext } from '../../../../src/tools/tool.ts';
import { ToolRegistry } from '../../../../src/tools/tool-registry.ts';
import { browserNote, noBrowser } from '../../../support/browser-here.ts';
import { folderOf } from '../../../support/folder-of.ts';
import { noProcessesWith } from '../../../support/processes-with.ts';
import { noSandbox, skipNote } from '../../../support/sandbox-here.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { callTool, toolContext } from '../../tool-context.ts';

const sandbox = new Bubblewrap();
const look = (workspace: string, page: string, changed: Partial<ToolContext> = {}) =>
  callTool(lookAtPage, { page }, toolContext(workspace, { sandbox, ...changed }));

async function serve(listener: RequestListener, host = '127.0.0.1'): Promise<string> {
  const server = createServer(listener).listen(0, host);
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

describe('look_at_page', () => {
  it.each([
    ['index.html', 'execute'],
    ['file:///etc/passwd', 'execute'],
    ['http://localhost:3000/', 'network'],
    ['http://[::1]/', 'network'],
  ])('of %s is %s', (page, risk) => {
    expect(lookAtPage.risk({ page })).toBe(risk);
  });

  it('leads a step to no server: nobody is asked there', async () => {
    const asked = runTool(
      { name: 'look_at_page', given: { kind: 'json', text: '{"page":"http://localhost:3000/"}' } },
      {
        registry: new ToolRegistry([lookAtPage]),
        permissions: rightsOfSteps.permissions,
        ask: () => Promise.reject(new Error('Nobody is asked.')),
        context: toolContext(folderOf({})),
      },
    );
    expect(await asked).toMatchObject({ isError: true, output: expect.stringContaining('It is not allowed here') });
  });

  it('opens nothing that is not there, or leads elsewhere', async () => {
    const project = folderOf({ 'a.html': 'x' });
    expect(await look(project, 'b.html')).toMatchObject({ isError: true, output: expect.stringContaining("There is no file 'b.html'") });
    expect(await look(project, 'https://example.com')).toMatchObject({
      isError: true,
      output: expect.stringContaining('cannot be opened'),
    });
    expect(await look(project, ' ')).toMatchObject({ isError: true, output: expect.stringContaining('it must not be empty') });
  });

  it('says what to install where there is no Chromium', async () => {
    const result = await look(folderOf({ 'a.html': 'x' }), 'a.html', { environment: { PATH: temporaryFolder() } });
    expect(result).toMatchObject({ isError: true, metadata: { code: 'browser.not_found' } });
    expect(result.output).toContain('apt-get install chromium');
  });

  it.skipIf(noBrowser !== undefined)(`opens a page only in a sandbox${browserNote}`, async () => {
    const result = await callTool(lookAtPage, { page: 'a.html' }, toolContext(folderOf({ 'a.html': 'x' })));
    expect(result).toMatchObject({ isError: true, output: expect.stringContaining('this machine has no sandbox') });
  });
});

describe.skipIf(noSandbox !== undefined || noBrowser !== undefined)(`a page in a real browser${skipNote}${browserNote}`, () => {
  it('is told by what is to be seen on it, with the names that things have', async () => {
    const project = folderOf({
      'shop/index.html': `<!doctype html><title>Tea &amp; more</title><link rel="stylesheet" href="style.css">
        <h1>Tea</h1><p class="gone">not to be seen</p><label>Name <input></label><input placeholder="">
        <button>Buy</button><a href="../about.html">About</a><img src="cup.svg" alt="A cup"><script type="module" src="/shop/app.js"></script>`,
      'shop/style.css': '.gone { display: none }',
      'shop/cup.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'shop/app.js': "const said = await (await fetch('words.json')).json(); document.body.append(said.join(' '), ` ${isSecureContext}`);",
      'shop/words.json': '["hello", "there"]',
      'about.html': 'x',
    });
    const { output, isError, metadata } = await look(project, 'shop/index.html?day=1#top');
    expect(output).toBe(
      [
        'The page shop/index.html?day=1#top. Its title: Tea & more',
        'Nothing went wrong.',
        'What is on it:',
        '- heading "Tea" [level=1]',
        '- text: Name',
        '- textbox "Name"',
        '- textbox',
        '- button "Buy"',
        '- link "About":',
        '  - /url: ../about.html',
        '- img "A cup"',
        '- text: hello there true',
        '',
      ].join('\n'),
    );
    expect({ isError, metadata }).toEqual({ isError: false, metadata: { page: 'shop/index.html', problems: 0 } });
  });

  it('reaches nothing but the files of the project, and whatever goes wrong is told', async () => {
    const reached: string[] = [];
    const server = await serve(({ url = '' }, response) => {
      reached.push(url);
      response.setHeader('access-control-allow-origin', '*').end('reached');
    });
    const project = folderOf({
      '.env': 'TOKEN=the-secret',
      'index.html': `<script src="https://cdn.example.com/x.js"></script><img src="none.png"><iframe src="file:///etc/passwd"></iframe>
        <script>
          console.error('it is', { broken: true }); console.log('quiet');
          for (const path of ['/.env', '/%2e%2e/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2f..%2fetc%2fpasswd', '/%00', '/proc/self/environ'])
            fetch(path).then((answer) => answer.text()).then((text) => document.body.append('[' + text + ']'));
          const names = ['${server}/fetched', '${server.replace('127.0.0.1', 'localhost')}/named', 'https://example.com/', 'http://169.254.169.254/'];
          for (const name of names) { fetch(name).catch(() => {}); navigator.sendBeacon(name, 'x'); new Image().src = name; }
          new WebSocket('${server.replace('http', 'ws')}/socket');
          new Worker(URL.createObjectURL(new Blob(["fetch('${server}/worker').catch(() => {})"])));
          new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:9' }] }).createOffer();
          fetch('/api', { method: 'POST', body: 'x' });
          undefinedFunction();
        </script>`,
    });
    const { output, isError } = await look(project, 'index.html');
    const told = output.slice(0, output.indexOf('What is on it:'));
    for (const words of [
      '- refused: GET https://cdn.example.com/x.js (a page of the project reaches nothing but its files)',
      `- refused: GET ${server}/fetched (a page of`,
      '- not loaded: GET none.png (there is no such file)',
      '- error in the console: it is {broken: true} (index.html:3)',
      '- uncaught exception: ReferenceError: undefinedFunction is not defined at index.html:',
    ])
      expect(told).toContain(words);
    expect(isError).toBe(false);
    expect(output).not.toMatch(/the-secret|root:|PATH=|quiet|\[reached\]/);
    expect(reached).toEqual([]);
  });

  it('waits for nobody: what asks a person, or leaves the page, is ended and told', async () => {
    const project = folderOf({
      'other.html': 'x',
      'index.html': `<a href="data:,x" download id="load">load</a>
        <script>
          alert('Pay \\u001b[2J now'); load.click(); open('other.html');
          document.body.append(confirm('Sure?'), prompt('Your name?'), ' all said');
          navigator.serviceWorker.register('worker.js').catch(() => document.body.append(', no worker'));
        </script>`,
    });
    const { output } = await look(project, 'index.html');
    for (const words of [
      '- asked for: alert "Pay  now" (dismissed)',
      '- asked for: confirm "Sure?" (dismissed)',
      '- asked for: prompt "Your name?" (dismissed)',
      '- asked for: a download of data:,x (refused)',
      '- asked for: a window for other.html (closed)',
      'falsenull all said',
    ])
      expect(output).toContain(words);
  });

  it('of a server on this machine is opened, and leads to no other', async () => {
    const reached: string[] = [];
    // Another machine, as far as a page may go.
    const other = await serve(({ url = '' }, response) => {
      reached.push(url);
      response.end();
    }, '127.0.0.2');
    const server = await serve(({ url = '' }, response) => {
      response.setHeader('content-type', 'text/html');
      if (url === '/away') response.writeHead(302, { location: `${other}/redirected` }).end();
      else if (url === '/broken.js') response.writeHead(500).end();
      else
        response.end(
          `<title>Up</title><h1>It is up</h1><script src="/broken.js"></script><img src="/away"><img src="${other}/asked">
           <script>new WebSocket('${other.replace('http', 'ws')}/socket'); navigator.sendBeacon('${other}/beacon', 'x')</script>`,
        );
    });
    const { output, isError } = await look(folderOf({}), server);
    expect(isError).toBe(false);
    for (const words of [
      `The page ${server}/. Its title: Up`,
      `- not loaded: GET ${server}/broken.js (500)`,
      `- not loaded: GET ${other}/redirected (net::ERR_`,
      `- refused: GET ${other}/asked (it leads out of this machine)`,
      '- heading "It is up" [level=1]',
    ])
      expect(output).toContain(words);
    expect(reached).toEqual([]);
  });

  it('of a server that is not there: that is said', async () => {
    const result = await look(folderOf({}), 'http://127.0.0.1:9/');
    expect(result).toMatchObject({ isError: true, output: expect.stringMatching(/^The page was not opened: net::ERR_/) });
  });

  it('that is huge is cut', async () => {
    const project = folderOf({
      'a.html': `<title>Long</title><body><script>document.body.innerHTML = '<p>${'words '.repeat(50)}</p>'.repeat(1000); throw new Error('first')</script>`,
    });
    const { output, cut } = await look(project, 'a.html', { output: { lines: 100, bytes: 3000 } });
    expect(Buffer.byteLength(output)).toBeLessThan(3200);
    expect(output).toContain('uncaught exception: Error: first');
    expect(cut?.bytes).toBeGreaterThan(100_000);
  });

  it('that never ends is ended with its step, and nothing of it is left', async () => {
    const stop = new AbortController();
    const asked = Promise.withResolvers<void>();
    const server = await serve((_request, response) => {
      asked.resolve();
      response.setHeader('content-type', 'text/html').write('<script>for (;;);</script>');
    });
    const project = folderOf({});
    const result = look(project, `${server}/endless-${process.pid}`, { signal: stop.signal });
    await asked.promise;
    stop.abort(new Error('no more'));
    await expect(result).rejects.toThrow('no more');
    await noProcessesWith(`endless-${process.pid}`);
    expect(readdirSync(project)).toEqual([]);
  });

  it('takes no longer than a call may take', async () => {
    const project = folderOf({ 'a.html': '<script>for (;;);</script>' });
    const result = await look(project, 'a.html', { callMilliseconds: 3000 });
    expect(result).toMatchObject({ isError: true, output: 'The page was not opened: it took longer than 3 seconds.' });
  });

  it('reaches no server, and leaves no profile behind, where a person has switched the sandbox off', async () => {
    const temporary = temporaryFolder();
    vi.stubEnv('TMPDIR', temporary);
    onTestFinished(() => void vi.unstubAllEnvs());
    const reached: string[] = [];
    const server = await serve(({ url = '' }, response) => {
      reached.push(url);
      response.end();
    });
    const project = folderOf({
      'a.html': `<h1>Here</h1><script>fetch('${server}/fetched').catch(() => {}); navigator.sendBeacon('${server}/beacon', 'x');
        new WebSocket('${server.replace('http', 'ws')}/socket'); new Worker('worker.js')</script>`,
      'worker.js': `fetch('${server}/worker').catch(() => {}); new WebSocket('${server.replace('http', 'ws')}/socket')`,
    });
    const { output } = await look(project, 'a.html', { sandbox: new Unconfined() });
    expect(output).toContain('- heading "Here" [level=1]');
    expect(reached).toEqual([]);
    expect(readdirSync(temporary).filter((name) => !name.startsWith('multiagent-test-'))).toEqual([]);
  });
});
