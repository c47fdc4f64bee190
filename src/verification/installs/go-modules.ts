import { isWhole } from '../checked-project.ts';
import type { PackageManager } from '../package-manager.ts';
import { inFolder } from '../shell-word.ts';

/** Never through a version control system, which may run programs, and never another version of Go. */
const settings = `GOTOOLCHAIN=local GOVCS='*:off' GOFLAGS='-modcacherw -mod=mod'`;
const download = 'go mod download all';

/** The modules that each `go.mod` requires, from a module proxy. */
export const goModules: PackageManager = {
  name: 'go',
  async plan(project) {
    const manifests = (await project.texts(/(?:^|\/)go\.(?:mod|sum)$/)).filter(isWhole);
    const requiring = manifests.filter(({ path, text }) => path.endsWith('go.mod') && /^\s{0,20}require\b/m.test(text));
    if (requiring.length === 0) return undefined;
    const folders = project.foldersWith('go.mod');
    const each = (prefix: string) => folders.map((folder) => `(${inFolder(folder, `${prefix} ${download}`)})`).join(' && ');
    return {
      namedIn: requiring.map(({ path }) => path),
      files: manifests,
      covers: () => true,
      tools: ['go'],
      present: each(`GOPROXY=off GOSUMDB=off ${settings}`),
      fetch: `export GOMODCACHE="$PWD/modules" GOPROXY="\${GOPROXY:-https://proxy.golang.org}"; ${each(settings)}`,
      // Modules were compared with the public checksums when they were fetched; a test has no network to ask for them.
      variables: (folder) => ({ GOMODCACHE: `${folder}/modules`, GOSUMDB: 'off' }),
    };
  },
};
