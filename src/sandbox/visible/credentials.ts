import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Names of files and folders that hold keys, wherever they are. */
const names =
  /^(?:\.?npmrc|\.?pypirc|\.?netrc|_netrc|\.yarnrc(?:\.yml)?|\.git-credentials|\.gitconfig|\.condarc|credentials(?:\.[a-z]{1,10})?|settings(?:-security)?\.xml|nuget\.config|pip\.(?:conf|ini)|\.env(?:\..{1,40})?|id_[a-z\d_]{1,20}|.{1,80}\.(?:pem|key|p12|pfx|jks)|\.ssh|\.gnupg|\.aws|\.docker|\.kube|\.config|\.git)$/i;
/** Names like these that are known to be harmless. */
const harmless = /^(?:\.env\.(?:example|sample|template|dist)|cacert\.pem|cert\.pem)$/i;

/** Whether a file or folder of this name holds keys. */
export function isCredentialName(name: string): boolean {
  return names.test(name) && !harmless.test(name);
}

/** What holds keys at the top of a toolchain's folder and in its `etc`, where programs look for settings. Paths are absolute. */
export function credentialsIn(folder: string): { path: string; isFolder: boolean }[] {
  return [folder, join(folder, 'etc')].flatMap((place) => {
    try {
      return (
        readdirSync(place, { withFileTypes: true })
          // The target of a link is judged on its own.
          .filter((entry) => (entry.isFile() || entry.isDirectory()) && isCredentialName(entry.name))
          .map((entry) => ({ path: join(place, entry.name), isFolder: entry.isDirectory() }))
      );
    } catch {
      return [];
    }
  });
}
