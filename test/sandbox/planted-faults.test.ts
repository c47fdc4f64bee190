import { spawn, type StdioOptions } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { noProcessesWith } from '../support/processes-with.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { noSandbox, skipNote, tryIt } from '../support/sandbox-here.ts';

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

let words = 0;
const uniqueWord = () => `planted-${process.pid}-${(words += 1)}`;

describe.skipIf(noSandbox !== undefined)(`what a model may have written, in a real sandbox${skipNote}`, () => {
  it('an endless loop is ended when its time is over, with everything it started', async () => {
    const word = uniqueWord();
    const result = await tryIt(`sh -c 'while :; do :; done' ${word} & while :; do :; done`, { limits: { wallMilliseconds: 300 } });
    expect(result.outcome).toBe('timed_out');
    await noProcessesWith(word);
  });

  it('an endless loop is ended when its processor time is over', async () => {
    expect(await tryIt('while :; do :; done', { limits: { cpuSeconds: 1 } })).toMatchObject({ outcome: 'failed', exitCode: 137 });
  });

  it('a fork bomb is ended by the count of its processes', async () => {
    const word = uniqueWord();
    const script = `sh -c 'grow() { grow "$1" | grow "$1" & }; grow "$0"; while :; do sleep 1; done' ${word}`;
    const result = await tryIt(script, { limits: { processes: 40, wallMilliseconds: 20_000 } });
    expect(result).toMatchObject({ outcome: 'failed', exceeded: 'processes' });
    await noProcessesWith(word);
  });

  it('much memory in many processes is ended by its sum', async () => {
    const take = `python3 -c "import time; taken = bytearray(60_000_000); time.sleep(1000)"`;
    const result = await tryIt(`${take} & ${take} & ${take} & ${take}; wait`, { limits: { memoryBytes: 150_000_000 } });
    expect(result).toMatchObject({ outcome: 'failed', exceeded: 'memory' });
  });

  it('much memory in one process is refused to it', async () => {
    const result = await tryIt(`python3 -c "bytearray(400_000_000)"`, { limits: { memoryBytes: 200_000_000 } });
    expect(result).toMatchObject({ outcome: 'failed', exitCode: 1, output: expect.stringContaining('MemoryError') });
  });

  it('memory that is kept as files is bounded, too', async () => {
    const limits = { memoryBytes: 40_000_000 };
    for (const place of ['/tmp', '/dev/shm', '"$HOME"']) {
      const result = await tryIt(`head -c 100000000 /dev/zero > ${place}/much`, { limits });
      expect(result).toMatchObject({ outcome: 'failed', output: expect.stringMatching(/No space left/) });
    }
  });

  it('a file without end stops at its limit', async () => {
    const result = await tryIt('head -c 3000000 /dev/zero > much', { limits: { fileBytes: 1_000_000 } });
    expect(result.outcome).toBe('failed');
    expect(readFileSync(join(result.folder, 'much')).byteLength).toBeLessThanOrEqual(1_000_448);
  });

  it('a test that deletes its folder deletes what is in it and nothing else', async () => {
    const around = temporaryFolder();
    const folder = join(around, 'files');
    mkdirSync(folder);
    writeFileSync(join(folder, 'a.txt'), 'a');
    writeFileSync(join(around, 'beside.txt'), 'b');
    await tryIt('rm -rf "$PWD" ../* ~ /usr/bin /home', { folder });
    expect(readFileSync(join(around, 'beside.txt'), 'utf8')).toBe('b');
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync('/usr/bin/env')).toBe(true);
  });

  it('keys, settings and tokens of the person are not there', async () => {
    const home = temporaryFolder();
    const secrets = [
      '.ssh/id_ed25519',
      '.config/gh/hosts.yml',
      '.npmrc',
      '.cargo/credentials.toml',
      '.cargo/config.toml',
      '.m2/settings.xml',
      '.aws/credentials',
    ];
    for (const path of [...secrets, '.cargo/bin/tool', '.m2/repository/a.jar']) {
      mkdirSync(join(home, path, '..'), { recursive: true });
      writeFileSync(join(home, path), 'the-secret');
    }
    const environment = { HOME: home, PATH: `/usr/bin:/bin:${home}/.cargo/bin:${home}` };
    const found = await tryIt('cat ~/.cargo/bin/tool ~/.m2/repository/a.jar && grep -rl the-secret "$HOME" | sort', { environment });
    expect(found.output).toBe(`the-secretthe-secret${home}/.cargo/bin/tool\n${home}/.m2/repository/a.jar\n`);
    const read = await tryIt(secrets.map((path) => `cat ${join(home, path)}`).join('; '), { environment });
    expect(read.output).not.toContain('the-secret');
    expect(read.output.match(/No such file/g)).toHaveLength(secrets.length);
  });

  it('keys of the system are not there, even for root', async () => {
    const { output } = await tryIt(
      'for file in /etc/shadow /etc/npmrc /etc/pip.conf /etc/environment /etc/ssh /run /root /var/run/docker.sock; do test -e $file && echo $file; done; true',
    );
    expect(output).toBe('');
  });

  it('variables of the one who started it are not there, neither its own nor those of its launcher', async () => {
    const name = uniqueWord().replaceAll('-', '_');
    process.env[name] = 'the-secret';
    onTestFinished(() => void delete process.env[name]);
    const { output, outcome } = await tryIt('cat /proc/*/environ | tr "\\0" "\\n"; env');
    expect(outcome).toBe('passed');
    expect(output).toContain('PATH=/usr/bin:/bin');
    expect(output).not.toContain(name);
  });

  it('a socket reaches neither another machine nor a server on this one, and one of its own works', async () => {
    let visits = 0;
    const server = createServer((socket) => {
      visits += 1;
      socket.end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as { port: number };
    const python = (lines: string) => `python3 -c '${lines}'`;
    const local = await tryIt(python(`import socket; socket.create_connection(("127.0.0.1", ${port}), 5)`));
    expect(local).toMatchObject({ outcome: 'failed', output: expect.stringContaining('Connection refused') });
    const away = await tryIt(python('import socket; socket.create_connection(("192.0.2.1", 80), 5)'));
    expect(away).toMatchObject({ outcome: 'failed', output: expect.stringContaining('Network is unreachable') });
    const own = await tryIt(
      python('import socket; s = socket.create_server(("127.0.0.1", 0)); socket.create_connection(s.getsockname()); print("met")'),
    );
    expect(own).toMatchObject({ outcome: 'passed', output: 'met\n' });
    expect(visits).toBe(0);
    const allowed = await tryIt(python(`import socket; socket.create_connection(("127.0.0.1", ${port}), 5)`), { network: 'machine' });
    expect(allowed.outcome).toBe('passed');
    await until(() => visits === 1);
  });

  it('what it writes outside of its folder is refused, or gone with it', async () => {
    const outside = temporaryFolder();
    const { output } = await tryIt(
      `for place in / /usr /usr/bin /etc /dev /proc/sys/kernel ${outside} /home; do echo x > $place/planted; done; echo x > /tmp/planted && echo x > ~/planted && cat /tmp/planted`,
    );
    expect(output).toMatch(/\nx\n$/);
    expect(output.match(/cannot create/g)).toHaveLength(8);
    expect(readdirSync(outside)).toEqual([]);
    expect(existsSync('/tmp/planted')).toBe(false);
  });

  it('what is guarded in its folder stays as it is, and what is hidden is not read, also in a copy', async () => {
    for (const where of ['the folder itself', 'a copy']) {
      const folder = temporaryFolder();
      const contents = where === 'a copy' ? temporaryFolder() : folder;
      for (const path of ['.git', '.own']) mkdirSync(join(contents, path));
      for (const path of ['.git/config', '.own/notes', 'one.txt']) writeFileSync(join(contents, path), 'kept');
      const guarded = [
        { path: '.git', as: 'read_only' },
        { path: '.own', as: 'hidden' },
        { path: 'one.txt', as: 'read_only' },
      ] as const;
      const script =
        'cat .git/config; ls -A .own; echo x > .git/config; echo x > .git/hook; echo x > .own/x; rm -rf .git .own one.txt; mv .git away; ln -sf /x .git; echo x > one.txt; echo done > two.txt';
      const { output } = await tryIt(script, { folder, contents, guarded });
      expect(output).toMatch(/^kept/);
      expect(output).not.toContain('notes');
      expect(readdirSync(contents).toSorted()).toEqual(['.git', '.own', 'one.txt', 'two.txt']);
      expect(readdirSync(join(contents, '.git'))).toEqual(['config']);
      for (const path of ['.git/config', '.own/notes', 'one.txt']) expect(readFileSync(join(contents, path), 'utf8')).toBe('kept');
    }
  });

  it('a link out of its folder leads to nothing', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'kept.txt'), 'kept');
    const { output } = await tryIt(`ln -s ${outside} way; cat way/kept.txt; echo changed > way/kept.txt`);
    expect(output).not.toContain('kept\n');
    expect(readFileSync(join(outside, 'kept.txt'), 'utf8')).toBe('kept');
  });

  it('much output is counted, and its two ends are kept', async () => {
    const bytes = 200_000_000;
    const result = await tryIt(`echo first; head -c ${bytes} /dev/zero; echo last`, { limits: { outputBytes: 1000 } });
    expect(result).toMatchObject({ outcome: 'passed', outputBytes: bytes + 11 });
    expect(result.output.length).toBeLessThan(1100);
    expect(result.output).toMatch(/^first\n[^]*bytes left out[^]*last\n$/);
  });

  it('a daemon that leaves its group and its parent is ended with it', async () => {
    const word = uniqueWord();
    const result = await tryIt(`(setsid sh -c 'trap "" HUP TERM; while :; do sleep 1; done' ${word} &) ; sleep 0.05`);
    expect(result.outcome).toBe('passed');
    await noProcessesWith(word);
  });

  it('sees no other process and cannot get rights', async () => {
    const { output } = await tryIt(
      'ls /proc | grep -c "^[0-9]" ; grep CapEff /proc/self/status; mount -o remount,rw /usr 2>&1 | head -1; unshare -U true 2>/dev/null || echo none; cat /proc/self/status | grep NoNewPrivs',
    );
    const [processes = '', rights, remounted, namespaces, privileges] = output.split('\n');
    expect(Number(processes)).toBeLessThan(10);
    expect(rights).toMatch(/0000000000000000$/);
    expect(remounted).toMatch(/denied|must be superuser/);
    expect(namespaces).toBe('none');
    expect(privileges).toMatch(/1$/);
  });

  it('a folder that was open when the program was started is no way out', async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'kept.txt'), 'the-secret');
    const [sandbox, limits] = ['bubblewrap/bubblewrap.ts', 'limits.ts'].map(
      (file) => new URL(`../../src/sandbox/${file}`, import.meta.url).href,
    );
    const program = `
      import { Bubblewrap } from '${sandbox}';
      import { defaultLimits } from '${limits}';
      const command = 'cat /proc/self/fd/40/kept.txt /proc/self/fd/101/kept.txt; readlink /proc/self/fd/40 /proc/self/fd/101';
      const { signal } = new AbortController();
      const { output } = await new Bubblewrap().run({ command, folder: '${temporaryFolder()}', environment: {}, network: 'none', limits: defaultLimits(60_000), signal });
      console.log(output);
    `;
    const open = openSync(outside, 'r');
    const stdio: StdioOptions = [
      'ignore',
      'pipe',
      'inherit',
      ...Array<'ignore'>(37).fill('ignore'),
      open,
      ...Array<'ignore'>(60).fill('ignore'),
      open,
    ];
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio });
    closeSync(open);
    const output = await text(child.stdout as Readable);
    expect(output).not.toContain('the-secret');
    expect(output).toContain('/dev/null\n/dev/null\n');
  });

  it('goes when the one who started it is killed', async () => {
    const word = uniqueWord();
    const [sandbox, limits] = ['bubblewrap/bubblewrap.ts', 'limits.ts'].map(
      (file) => new URL(`../../src/sandbox/${file}`, import.meta.url).href,
    );
    const program = `
      import { Bubblewrap } from '${sandbox}';
      import { defaultLimits } from '${limits}';
      const command = 'setsid sh -c "echo begun; sleep 1000; true" ${word} & wait';
      const onOutput = () => process.kill(process.pid, 'SIGKILL');
      const { signal } = new AbortController();
      await new Bubblewrap().run({ command, folder: '${temporaryFolder()}', environment: {}, network: 'none', limits: defaultLimits(60_000), signal, onOutput });
    `;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'ignore' });
    const signal = await new Promise((resolve) => child.once('exit', (_, by) => resolve(by)));
    expect(signal).toBe('SIGKILL');
    await noProcessesWith(word);
  });

  it('is stopped when the signal says so', async () => {
    const word = uniqueWord();
    const stop = new AbortController();
    const result = await tryIt(`echo begun; sh -c "sleep 1000; true" ${word}`, { signal: stop.signal, onOutput: () => stop.abort() });
    expect(result).toMatchObject({ outcome: 'stopped', output: 'begun\n' });
    await noProcessesWith(word);
  });

  it('says why where it could not start it', async () => {
    const result = await tryIt('true', { contents: '/no/such/folder' });
    expect(result).toMatchObject({ outcome: 'not_started', output: expect.stringContaining('/no/such/folder') });
  });
});
