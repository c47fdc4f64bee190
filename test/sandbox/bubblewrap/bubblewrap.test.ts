import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Bubblewrap } from '../../../src/sandbox/bubblewrap/bubblewrap.ts';
import { bubblewrapArguments } from '../../../src/sandbox/bubblewrap/bubblewrap-arguments.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const options = {
  folder: '/project/run',
  environment: { PATH: '/usr/bin' },
  network: 'none',
  features: { sizes: true, disablesNamespaces: true },
  personHome: '/home/a',
  home: '/home/a',
  memoryBytes: 4000,
} as const;

describe('what bubblewrap is told', () => {
  it('closes everything, and writes in one folder', () => {
    const args = bubblewrapArguments(options);
    for (const flag of ['--unshare-all', '--unshare-user', '--disable-userns', '--die-with-parent', '--new-session'])
      expect(args).toContain(flag);
    expect(args).not.toContain('--share-net');
    expect(args.filter((word) => word === '--bind')).toHaveLength(1);
    expect(args.slice(args.indexOf('--bind'))).toEqual([
      '--bind',
      '/project/run',
      '/project/run',
      '--remount-ro',
      '/',
      '--chdir',
      '/project/run',
    ]);
    expect(args.join(' ')).toContain('--cap-drop ALL');
    expect(args.join(' ')).toContain('--size 1000 --tmpfs /home/a');
  });

  it('shows another folder in the place of the one it runs in', () => {
    expect(bubblewrapArguments({ ...options, contents: '/tmp/copy' }).join(' ')).toContain('--bind /tmp/copy /project/run');
  });

  it('opens the network only where it is told to, with the names of machines', () => {
    const args = bubblewrapArguments({ ...options, network: 'machine' });
    expect(args).toContain('--share-net');
    expect(bubblewrapArguments(options)).not.toContain('/etc/resolv.conf');
  });

  it('leaves out what an older release does not know', () => {
    const args = bubblewrapArguments({ ...options, features: { sizes: false, disablesNamespaces: false } });
    expect(args).not.toContain('--size');
    expect(args).not.toContain('--disable-userns');
  });
});

/** A program that takes the place of bubblewrap. */
function fake(script: string): string {
  const path = join(temporaryFolder(), 'bwrap');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const says = `case "$1" in --version) echo bubblewrap 0.6.1; exit;; --help) echo usage; exit;; esac`;

describe('the probe of bubblewrap', () => {
  it('where it is not there nothing is run', async () => {
    const sandbox = new Bubblewrap(['/no/such/program']);
    expect(await sandbox.probe()).toMatchObject({ state: 'missing', why: 'bubblewrap is not installed' });
  });

  it('that it is there is not enough: it has to work', async () => {
    const sandbox = new Bubblewrap([fake(`${says}\necho 'bwrap: No permissions to create new namespace' >&2; exit 1`)]);
    expect(await sandbox.probe()).toMatchObject({ state: 'missing' });
  });

  it('an older release works, and says what it does not hold back', async () => {
    const sandbox = new Bubblewrap([fake(`${says}\necho '{ "exit-code": 42 }' >&3; exit 42`)]);
    expect(await sandbox.probe()).toMatchObject({
      state: 'ready',
      name: 'bubblewrap 0.6.1',
      lacks: [/0\.7/, /0\.8/].map((says) => expect.stringMatching(says)),
    });
  });
});
