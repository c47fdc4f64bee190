/** The texts in which a version stands. */
export interface VersionTexts {
  package: string;
  lockfile: string;
  changelog: string;
}

interface Lockfile {
  version: string;
  packages: Record<string, { version?: string }>;
}

/** What does not agree about the version, a sentence each. @param tag Of a release, such as `v0.2.0`: then it must agree, too, and no change may be unreleased. */
export function versionProblems({ package: manifest, lockfile, changelog }: VersionTexts, tag?: string): string[] {
  const { version } = JSON.parse(manifest) as { version: string };
  const locked = JSON.parse(lockfile) as Lockfile;
  const [, unreleased, released] = /^# Changelog\n\n## Unreleased\n(.*?)(?:^## (\S+)[^\n]*$|$(?![^]))/ms.exec(changelog) ?? [];
  const own = locked.packages['']?.version;
  return [
    ...(/^\d+\.\d+\.\d+$/.test(version) ? [] : [`package.json has the version ${version}, which is not of the form 1.2.3.`]),
    ...(locked.version === version && own === version
      ? []
      : [`package-lock.json has the version ${locked.version} and ${own}, package.json ${version}. Run: npm install --package-lock-only`]),
    ...(unreleased === undefined
      ? ['CHANGELOG.md does not begin with "# Changelog" and "## Unreleased".']
      : released === version
        ? []
        : [`The newest release in CHANGELOG.md is ${released ?? 'none'}, package.json has ${version}. Give it a heading: ## ${version}`]),
    ...(tag === undefined || tag === `v${version}` ? [] : [`The tag ${tag} is not v${version}, the version in package.json.`]),
    ...(tag !== undefined && unreleased?.trim() !== ''
      ? ['Changes stand under Unreleased in CHANGELOG.md: move them under the heading of the release.']
      : []),
  ];
}
