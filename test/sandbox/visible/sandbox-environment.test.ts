import { describe, expect, it } from 'vitest';
import { sandboxEnvironment } from '../../../src/sandbox/visible/sandbox-environment.ts';

const inside = (environment: Record<string, string>, network: 'none' | 'machine' = 'machine') =>
  sandboxEnvironment(environment, { network, home: '/home/a', temporary: '/tmp' });

describe('the variables in a sandbox', () => {
  it('keep what programs need and leave out what leads out', () => {
    expect(
      inside({
        LANG: 'C.UTF-8',
        JAVA_HOME: '/usr/lib/jvm/a',
        HOME: '/home/b',
        TMPDIR: '/var/folders/a',
        SSH_AUTH_SOCK: '/run/a',
        XDG_RUNTIME_DIR: '/run/user/1',
        DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus',
        NODE_OPTIONS: '--require /home/b/x.js',
        LD_PRELOAD: '/home/b/x.so',
        PATH: '/usr/bin',
      }),
    ).toEqual({ LANG: 'C.UTF-8', JAVA_HOME: '/usr/lib/jvm/a', HOME: '/home/a', TMPDIR: '/tmp', PATH: '/usr/bin' });
  });

  it('tell programs that there is no network, unless the person tells them something else', () => {
    expect(inside({}, 'none')).toMatchObject({ GOPROXY: 'off', npm_config_fetch_retries: '0', CARGO_NET_OFFLINE: 'true' });
    expect(inside({ GOPROXY: 'file:///srv/go' }, 'none')['GOPROXY']).toBe('file:///srv/go');
    expect(inside({}, 'machine')).not.toHaveProperty('GOPROXY');
  });

  it.each([
    ['/usr/bin:.:bin::/bin', '/usr/bin:/bin'],
    ['', '/usr/local/bin:/usr/bin:/bin'],
    ['.', '/usr/local/bin:/usr/bin:/bin'],
  ])('PATH %s never leads into the folder of the check', (path, expected) => {
    expect(inside({ PATH: path })['PATH']).toBe(expected);
  });
});
