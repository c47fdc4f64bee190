import { isAbsolute } from 'node:path';

/** Variables that lead out of a sandbox to what it does not have or to services of the machine, or that make every program load a file first. */
const leadingOut =
  /^(?:TMP|TEMP|TEMPDIR|XDG_[A-Z_]+|SSH_[A-Z_]+|GPG_[A-Z_]+|DBUS_[A-Z_]+|DOCKER_[A-Z_]+|KUBECONFIG|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|PULSE_[A-Z_]+|NODE_OPTIONS|NODE_CHANNEL_FD|LD_PRELOAD|LD_AUDIT|DYLD_INSERT_LIBRARIES|BASH_ENV|ENV|PYTHONSTARTUP|PROMPT_COMMAND|HISTFILE|OLDPWD|PWD|SHLVL|_)$/;

/** Tells programs that would otherwise try for minutes that there is no network, and to use what is here. */
const withoutNetwork: Readonly<Record<string, string>> = {
  npm_config_fetch_retries: '0',
  PIP_RETRIES: '0',
  UV_OFFLINE: '1',
  CARGO_NET_OFFLINE: 'true',
  GOPROXY: 'off',
};

export interface SandboxEnvironmentOptions {
  network: 'none' | 'machine';
  home: string;
  temporary: string;
}

/** The variables for a command in a sandbox, and for the program that starts it, because the command can read those as well. */
export function sandboxEnvironment(
  environment: Readonly<Record<string, string>>,
  { network, home, temporary }: SandboxEnvironmentOptions,
): Record<string, string> {
  const kept = Object.entries(environment).filter(([name]) => !leadingOut.test(name));
  // An empty or relative entry means the folder of the check: if a model wrote a file named `ls` there, it would run instead.
  const path = (environment['PATH'] ?? '').split(':').filter((entry) => isAbsolute(entry));
  return {
    ...(network === 'none' ? withoutNetwork : {}),
    ...Object.fromEntries(kept),
    PATH: path.length === 0 ? '/usr/local/bin:/usr/bin:/bin' : path.join(':'),
    HOME: home,
    TMPDIR: temporary,
  };
}
