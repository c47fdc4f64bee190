/** How the dependencies of one kind of project are looked at, by its files alone. To add a kind, add a file beside this one and its place in `dependency-audits.ts`. */
export interface DependencyAudit {
  /** For people: `npm`. */
  readonly name: string;
  /** Whether it reads a file of this name. */
  isManifest(name: string): boolean;
  /** Names of files beside a manifest, or in a folder above it, that fix versions; the first that is there counts. */
  readonly locks: readonly string[];
  /**
   * What there is to say about a file, which somebody else wrote.
   * @param lock The text of the file that fixes versions, if there is one.
   * @returns undefined if it cannot be read.
   */
  audit(manifest: string, lock: string | undefined): AuditedManifest | undefined;
}

export interface AuditedManifest {
  /** Those that the project names itself. */
  dependencies: number;
  /** Those that the lock fixes; undefined: there is none, or it is not read. */
  locked?: number | undefined;
  /** A part of a sentence for each, which may quote what somebody else wrote. */
  findings: string[];
}

/** Whether a text is an address, or names a place in Git: what comes from there, no registry has looked at. */
export function isElsewhere(source: string): boolean {
  return (
    /^(?:git|github:|gitlab:|bitbucket:|https?:|ssh:|svn|hg|file:|link:)/i.test(source) || /^[\w-]{1,60}\/[\w.-]{1,100}(?:#|$)/.test(source)
  );
}
