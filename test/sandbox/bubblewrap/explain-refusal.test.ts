import { describe, expect, it } from 'vitest';
import { explainRefusal } from '../../../src/sandbox/bubblewrap/explain-refusal.ts';

interface Machine {
  said?: string;
  files?: Record<string, string>;
  isInstalled?: boolean;
}

const explain = ({ said = '', files = {}, isInstalled = true }: Machine) =>
  explainRefusal({ isInstalled, said, read: (path) => files[path], isThere: (path) => Object.hasOwn(files, path) });

const permission = 'bwrap: setting up uid map: Permission denied\n';

describe('a machine without a sandbox says why and what to do', () => {
  it.each<[string, Machine, RegExp, RegExp]>([
    [
      'Debian without the package',
      { isInstalled: false, files: { '/usr/bin/apt-get': '' } },
      /not installed/,
      /apt-get install bubblewrap/,
    ],
    ['Alpine without the package', { isInstalled: false, files: { '/sbin/apk': '' } }, /not installed/, /apk add bubblewrap/],
    ['an unknown system without the package', { isInstalled: false }, /not installed/, /package bubblewrap/],
    [
      'Ubuntu with AppArmor in the way',
      { said: permission, files: { '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '1\n' } },
      /AppArmor/,
      /profile bwrap \/usr\/bin\/bwrap.*userns,.*\/etc\/apparmor\.d\/bwrap && sudo apparmor_parser -r/,
    ],
    [
      'an old Debian',
      { said: permission, files: { '/proc/sys/kernel/unprivileged_userns_clone': '0\n' } },
      /for root/,
      /unprivileged_userns_clone=1/,
    ],
    [
      'a hardened system',
      { said: permission, files: { '/proc/sys/user/max_user_namespaces': '0\n' } },
      /no user namespaces/,
      /max_user_namespaces=15000/,
    ],
    [
      'a container',
      { said: "bwrap: Can't mount proc on /newroot/proc: Operation not permitted\n", files: { '/.dockerenv': '' } },
      /Can't mount proc/,
      /docker run --security-opt/,
    ],
    ['anything else', { said: 'noise\nbwrap: something new\n' }, /\(something new\)/, /by hand: bwrap/],
    ['silence', {}, /could not be started/, /by hand/],
  ])('%s', (_, machine, why, hint) => {
    const found = explain(machine);
    expect(found.why).toMatch(why);
    expect(found.hint).toMatch(hint);
  });

  it('what is allowed is no reason', () => {
    const files = {
      '/proc/sys/kernel/apparmor_restrict_unprivileged_userns': '0\n',
      '/proc/sys/kernel/unprivileged_userns_clone': '1\n',
      '/proc/sys/user/max_user_namespaces': '96365\n',
    };
    expect(explain({ said: permission, files }).why).toBe('bubblewrap does not work here (setting up uid map: Permission denied)');
  });
});
