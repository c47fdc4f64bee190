import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RunFolder } from '../../files/disk/run-folder.ts';
import { ignoresAll } from '../../utils/own-folder.ts';

interface Marker {
  name: string;
  content: string;
  /** Whether a project needs it. */
  isFor: (project: string) => boolean;
}

/**
 * What keeps a project's own test runner out of the folder: what lies there are copies of files that `apply` brings into the project, and earlier
 * ones. Both let it in where somebody points it there, or starts it in there.
 */
const markers: readonly Marker[] = [
  {
    // Two modules of one name, `tests/test_x.py` here and in the project, would be an error of the whole collection.
    name: 'conftest.py',
    content: `# Written by multiagent: pytest leaves this folder out, unless it is started in here or told a path in here.
from pathlib import Path


def pytest_ignore_collect(config):
    here = Path(__file__).resolve().parent
    asked = [(config.invocation_params.dir / str(argument).split("::")[0]).resolve() for argument in config.args]
    return None if any(here in [path, *path.parents] for path in asked) else True
`,
    isFor: () => true,
  },
  {
    // A module of its own: patterns such as `./...` end at it.
    name: 'go.mod',
    content: '// Written by multiagent: what the project builds and tests with ./... ends here.\nmodule output\n',
    isFor: (project) => existsSync(join(project, 'go.mod')),
  },
];

/** Makes the folder for results. One that was there before is left as it is. @throws the system's error. */
export async function ensureOutputFolder(folder: RunFolder, { output, owner }: { output: string; owner: string }): Promise<void> {
  if (existsSync(output)) return;
  const due = [{ name: '.gitignore', content: ignoresAll }, ...markers.filter(({ isFor }) => isFor(dirname(output)))];
  for (const { name, content } of due) await folder.write(name, Buffer.from(content), { owner });
}
