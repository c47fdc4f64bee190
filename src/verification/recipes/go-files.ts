import { fileNameOf, folderOf } from '../../files/names/path-parts.ts';
import { isInside, type CheckedProject } from '../checked-project.ts';
import type { CheckObstacle } from '../planned-check.ts';
import { inFolder, shellWords } from '../shell-word.ts';

export interface GoPackages {
  /** The folder in which the command runs. */
  folder: string;
  /** What it runs on: all packages of a module, or the files of the only package in a folder outside any module. */
  what: string;
  hasTests: boolean;
}

/** Modules by their `go.mod`, and folders of Go files without one. */
export function goPackages(project: CheckedProject): GoPackages[] {
  const modules = project.foldersWith('go.mod');
  const files = project.find(/\.go$/).filter((path) => !/^[_.]/.test(fileNameOf(path)));
  const hasTests = (paths: readonly string[]) => paths.some((path) => path.endsWith('_test.go'));
  const inModules = modules.flatMap((folder) => {
    const own = files.filter((path) => isInside(path, folder));
    return own.length === 0 ? [] : [{ folder, what: './...', hasTests: hasTests(own) }];
  });
  const alone = Map.groupBy(
    files.filter((path) => !modules.some((folder) => isInside(path, folder))),
    folderOf,
  );
  const withoutModule = [...alone].map(([folder, paths]) => ({
    folder,
    what: shellWords(paths.map(fileNameOf)),
    hasTests: hasTests(paths),
  }));
  return [...inModules, ...withoutModule];
}

/** Without a network, and with a `go.sum` that may be missing. */
export function goCommand({ folder, what }: GoPackages, action: string): string {
  return inFolder(folder, `GOPROXY=off GOFLAGS=-mod=mod go ${action} ${what}`);
}

const notFound: readonly RegExp[] = [
  /no required module provides package ([\w./@~-]{1,300}?)(?:[;:\s\\]|$)/,
  /cannot find module providing package ([\w./@~-]{1,300}?)(?:[;:\s\\]|$)/,
  /\b([\w.~-]{1,100}\.[a-z]{1,20}(?:\/[\w.~-]{1,100}){1,10})@v[\w.+-]{1,100}: module lookup disabled/,
];

/**
 * A module that Go did not find. A path without a dot in its first part is not from a registry, and one inside a module of these files should be among them:
 * both are faults of the files.
 */
export async function missingGoModule(project: CheckedProject): Promise<(text: string) => CheckObstacle | undefined> {
  const texts = await project.texts(/(?:^|\/)go\.mod$/);
  const own = texts.flatMap(({ text }) => /^module (\S{1,300})/m.exec(text)?.[1] ?? []);
  return (text) => {
    for (const pattern of notFound) {
      const name = pattern.exec(text)?.[1];
      if (name?.split('/')[0]?.includes('.') && !own.some((module) => name === module || isInside(name, module)))
        return { kind: 'missing_package', name };
    }
    return undefined;
  };
}
