import type { FileText } from './checked-project.ts';

/** Packages that the checks of a project need, and how one package manager gets them. */
export interface PlannedInstall {
  /** As in `npm`. */
  manager: string;
  /** The files of the project that name the packages, or need them. */
  namedIn: readonly string[];
  /**
   * What lies in the folder that `fetch` is run in. It is made by our own code from what those files say: settings of a package manager, and addresses other
   * than those of a registry, never come along.
   */
  files: readonly FileText[];
  /** Whether a package that programs import by this name may be among them. */
  covers: (name: string) => boolean;
  /** Programs that have to be on PATH. */
  tools: readonly string[];
  /** For the shell, on the files of the project and without a network: exit code 0 if all packages are on this machine already. */
  present: string;
  /** For the shell, in a folder of its own that holds `files`, with the network. It runs no command of the project and no script of a package. */
  fetch: string;
  /** What `fetch` leaves behind that is not needed afterwards, relative to its folder. */
  leftovers?: readonly string[] | undefined;
  /** The variables by which checks find what was fetched. @param folder Absolute: where `fetch` was run. @param given The variables that they have anyway. */
  variables?: ((folder: string, given: Readonly<Record<string, string>>) => Record<string, string>) | undefined;
  /** Folders of packages that checks look for beside the files, relative to both: to the files and to the folder of `fetch`. */
  linked?: readonly string[] | undefined;
}

/** Packages that are never fetched, whatever a person allows. */
export interface RefusedInstall extends Pick<PlannedInstall, 'manager' | 'namedIn'> {
  /** A whole sentence without its end. */
  refused: string;
}

export type InstallPlan = PlannedInstall | RefusedInstall;
