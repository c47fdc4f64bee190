import { existsSync, readFileSync } from 'node:fs';

export interface ExplainRefusalOptions {
  isInstalled: boolean;
  /** What bubblewrap printed when it was tried. */
  said: string;
  /** The content of a system file; undefined if it does not exist. */
  read?: ((path: string) => string | undefined) | undefined;
  /** Whether a program exists. */
  isThere?: ((path: string) => boolean) | undefined;
}

interface Refusal {
  why: string;
  hint: string;
}

/** How each kind of system installs it. The first one whose package manager exists counts. */
const packages: readonly { program: string; install: string }[] = [
  { program: '/usr/bin/apt-get', install: 'sudo apt-get install bubblewrap' },
  { program: '/usr/bin/dnf', install: 'sudo dnf install bubblewrap' },
  { program: '/usr/bin/yum', install: 'sudo yum install bubblewrap' },
  { program: '/usr/bin/pacman', install: 'sudo pacman -S bubblewrap' },
  { program: '/usr/bin/zypper', install: 'sudo zypper install bubblewrap' },
  { program: '/sbin/apk', install: 'apk add bubblewrap' },
];

/** Why a system refuses, and the file that tells. The first row that holds counts. */
const systems: readonly { file: string; says: string; why: string; hint: string }[] = [
  {
    file: '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    says: '1',
    why: 'AppArmor keeps bubblewrap from creating user namespaces, as on Ubuntu since 23.10',
    hint: `Allow them for bubblewrap alone: printf 'abi <abi/4.0>,\\ninclude <tunables/global>\\nprofile bwrap /usr/bin/bwrap flags=(unconfined) {\\n  userns,\\n}\\n' | sudo tee /etc/apparmor.d/bwrap && sudo apparmor_parser -r /etc/apparmor.d/bwrap`,
  },
  {
    file: '/proc/sys/kernel/unprivileged_userns_clone',
    says: '0',
    why: 'this system reserves user namespaces for root (kernel.unprivileged_userns_clone is 0)',
    hint: "Allow them: echo 'kernel.unprivileged_userns_clone=1' | sudo tee /etc/sysctl.d/60-user-namespaces.conf && sudo sysctl --system",
  },
  {
    file: '/proc/sys/user/max_user_namespaces',
    says: '0',
    why: 'this system allows no user namespaces (user.max_user_namespaces is 0)',
    hint: "Allow them: echo 'user.max_user_namespaces=15000' | sudo tee /etc/sysctl.d/60-user-namespaces.conf && sudo sysctl --system",
  },
];

const containers = ['/.dockerenv', '/run/.containerenv'];

/** Why there is no sandbox here, and what to do about it. */
export function explainRefusal({ isInstalled, said, read = readSystemFile, isThere = existsSync }: ExplainRefusalOptions): Refusal {
  if (!isInstalled) {
    const install = packages.find(({ program }) => isThere(program))?.install;
    return {
      why: 'bubblewrap is not installed',
      hint: install === undefined ? 'Install the package bubblewrap; its program is bwrap.' : `Install it: ${install}`,
    };
  }
  for (const { file, says, why, hint } of systems) if (read(file)?.trim() === says) return { why, hint };
  const words = said.split('\n').find((line) => line.startsWith('bwrap: ')) ?? 'it could not be started';
  const why = `bubblewrap does not work here (${words.replace(/^bwrap: /, '')})`;
  if (containers.some((file) => isThere(file))) {
    const hint =
      'A container has to allow it: docker run --security-opt seccomp=unconfined --security-opt systempaths=unconfined --security-opt apparmor=unconfined …';
    return { why, hint };
  }
  return { why, hint: 'Try it by hand: bwrap --unshare-all --ro-bind / / --proc /proc true' };
}

function readSystemFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
