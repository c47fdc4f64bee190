import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { checkingFolder } from '../folders.ts';

/** Where toolchains keep what they cannot do without; no keys or tokens among them. */
const kept = ['JAVA_HOME', 'GOROOT', 'PLAYWRIGHT_BROWSERS_PATH', 'NODE_PATH', 'CHROME_PATH'];

export interface CheckEnvironmentOptions {
  /** The interpreter itself, and no script that looks for one. */
  python: string;
  /** A folder that goes after the check. */
  home: string;
}

/** The environment of a check: what the toolchains need, and nothing that the user keeps for himself. */
export function checkEnvironment({ python, home }: CheckEnvironmentOptions): Record<string, string> {
  const real = homedir();
  const { PATH = '', RUSTUP_HOME = join(real, '.rustup'), GOCACHE = join(real, '.cache', 'go-build') } = process.env;
  const browsers = join(real, '.cache', 'ms-playwright');
  const environment: Record<string, string> = { PLAYWRIGHT_BROWSERS_PATH: browsers };
  for (const name of kept) if (process.env[name] !== undefined) environment[name] = process.env[name];
  return {
    ...environment,
    // Node as it runs here, and Python as it was found, before whatever else the path holds under these names.
    PATH: [dirname(process.execPath), dirname(python), PATH].join(':'),
    PYTHONPATH: checkingFolder,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONIOENCODING: 'utf-8',
    HOME: home,
    TMPDIR: home,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
    RUSTUP_HOME,
    CARGO_HOME: join(home, '.cargo'),
    GOCACHE,
  };
}
