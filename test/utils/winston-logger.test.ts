import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLogger } from '../../src/utils/winston-logger.ts';

class Screen extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

describe('the logger', () => {
  let folder: string;
  let file: string;
  let stream: Screen;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'log-'));
    file = join(folder, 'logs', 'team.log');
    stream = new Screen();
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const lines = () =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  test('writes one JSON object a line, creates the folder, and has written everything once it is closed', async () => {
    const logger = await createLogger({ level: 'debug', file, standardError: 'off', stream });
    for (let index = 0; index < 500; index += 1) logger.info('line\nwith break', { index });
    logger.error('last');
    await logger.close();
    const written = lines();
    expect(written).toHaveLength(501);
    expect(written[7]).toEqual({
      time: expect.stringMatching(/^\d{4}-.*Z$/),
      level: 'info',
      message: 'line\nwith break',
      data: { index: 7 },
    });
    expect(written.at(-1)).toEqual({ time: expect.any(String), level: 'error', message: 'last' });
    expect(stream.text).toBe('');
  });

  test('appends to a file that is there, and lets nobody else read a new one', async () => {
    for (const message of ['first', 'second']) {
      const logger = await createLogger({ level: 'info', file, standardError: 'off', stream });
      logger.info(message);
      await logger.close();
    }
    expect(lines().map(({ message }) => message)).toEqual(['first', 'second']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test.each([
    { level: 'debug', expected: ['debug', 'info', 'warn', 'error'] },
    { level: 'info', expected: ['info', 'warn', 'error'] },
    { level: 'warn', expected: ['warn', 'error'] },
    { level: 'error', expected: ['error'] },
  ] as const)('at $level leaves out what is less important', async ({ level, expected }) => {
    const logger = await createLogger({ level, file, standardError: 'off', stream });
    for (const name of ['debug', 'info', 'warn', 'error'] as const) logger[name](name);
    await logger.close();
    expect(lines().map(({ message }) => message)).toEqual(expected);
  });

  test('shows people one line each, without anything that a terminal obeys', async () => {
    const logger = await createLogger({ level: 'info', standardError: 'on', stream });
    logger.warn('model said \u001B[2Jhi\nforged', { name: '\u001B]0;x\u0007y', other: '\u009Bm\r' });
    logger.info('plain');
    await logger.close();
    const [first = '', second = '', ...rest] = stream.text.split('\n');
    expect(first).toMatch(/^\S+Z warn {2}model said hi\\nforged \{/);
    expect(second).toMatch(/^\S+Z info {2}plain$/);
    expect(rest).toEqual(['']);
    expect(stream.text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  test('puts secrets neither into the file nor on the screen', async () => {
    const logger = await createLogger({ level: 'info', file, standardError: 'on', stream, secrets: ['own-secret'] });
    const data: Record<string, unknown> = { headers: { Authorization: 'Bearer abcdef123' }, error: new Error('own-secret is wrong') };
    data['self'] = data;
    logger.info('asked http://me:own-secret@10.0.0.1 with sk-abcdefghijkl', data);
    await logger.close();
    for (const output of [readFileSync(file, 'utf8'), stream.text]) {
      expect(output).toContain('asked http://[redacted]@10.0.0.1 with [redacted]');
      expect(output).not.toMatch(/own-secret|abcdef/);
    }
    expect(lines()[0]).toMatchObject({ data: { self: '[circular]', error: { message: '[redacted] is wrong' } } });
  });

  test('moves a full file aside and loses no line while doing so', async () => {
    const logger = await createLogger({ level: 'info', file, maxFileBytes: 10_000, maxFiles: 100, standardError: 'off', stream });
    for (let index = 0; index < 2_000; index += 1) logger.info('line', { index });
    await logger.close();
    const names = readdirSync(join(folder, 'logs'))
      .filter((name) => name.startsWith('team.log'))
      .toSorted((a, b) => Number(b.split('.')[2] ?? 0) - Number(a.split('.')[2] ?? 0));
    expect(names.length).toBeGreaterThan(5);
    const all = names.flatMap((name) =>
      readFileSync(join(folder, 'logs', name), 'utf8')
        .trimEnd()
        .split('\n'),
    );
    expect(all.map((line) => (JSON.parse(line) as { data: { index: number } }).data.index)).toEqual(
      Array.from({ length: 2_000 }, (_, index) => index),
    );
  });

  test.each([
    { case: 'its folder is a file', prepare: () => writeFileSync(join(folder, 'logs'), '') },
    { case: 'it is a folder itself', prepare: () => mkdirSync(file, { recursive: true }) },
  ])('goes on with one warning when the file cannot be written because $case', async ({ prepare }) => {
    prepare();
    const logger = await createLogger({ level: 'info', file, standardError: 'on', stream });
    logger.info('one');
    logger.info('two');
    await logger.close();
    expect(stream.text.match(/cannot be written/g)).toHaveLength(1);
    expect(stream.text.match(/info {2}(one|two)$/gm)).toHaveLength(2);
  });

  test.runIf(existsSync('/dev/full'))('goes on with one warning when the disk is full', async () => {
    const logger = await createLogger({ level: 'info', file: '/dev/full', standardError: 'on', stream });
    for (const message of ['one', 'two', 'three']) {
      logger.info(message);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await logger.close();
    expect(stream.text.match(/cannot be written/g)).toHaveLength(1);
    expect(stream.text.match(/info {2}(one|two|three)$/gm)).toHaveLength(3);
  });

  test('warns of such a file also when nothing else goes to the screen', async () => {
    writeFileSync(join(folder, 'logs'), '');
    const logger = await createLogger({ level: 'info', file, standardError: 'off', stream });
    logger.error('unheard');
    await logger.close();
    expect(stream.text).toMatch(/^The log file .* cannot be written .*\n$/);
  });

  test('keeps lines that are held until they are released, and drops them where they never are', async () => {
    const logger = await createLogger({ level: 'info', file, standardError: 'on', stream, held: true });
    logger.info('before');
    await new Promise((resolve) => setImmediate(resolve));
    expect(stream.text).toContain('before');
    expect(existsSync(file)).toBe(false);
    logger.release();
    logger.info('after');
    await logger.close();
    expect(lines().map(({ message }) => message)).toEqual(['before', 'after']);

    rmSync(join(folder, 'logs'), { recursive: true });
    const idle = await createLogger({ level: 'info', file, standardError: 'off', stream, held: true });
    idle.info('nothing ran');
    await idle.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('what is logged after closing is dropped, and closing twice does no harm', async () => {
    const logger = await createLogger({ level: 'info', file, standardError: 'off', stream });
    logger.info('before');
    await logger.close();
    logger.info('after');
    await logger.close();
    expect(lines().map(({ message }) => message)).toEqual(['before']);
  });
});
