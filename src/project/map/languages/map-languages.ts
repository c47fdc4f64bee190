import { c } from './c.ts';
import { cSharp } from './c-sharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { manifest } from './manifest.ts';
import type { MapLanguage } from './map-language.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { script } from './script.ts';
import { shell } from './shell.ts';

const languages: readonly MapLanguage[] = [manifest, script, python, go, rust, java, c, cSharp, php, ruby, shell];
const byEnding = new Map(languages.flatMap((language) => language.endings.map((ending) => [ending, language] as const)));

/** The language of a file, by its name. Undefined if nothing is known of it. */
export function mapLanguageOf(path: string): MapLanguage | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return byEnding.get(name) ?? byEnding.get(name.slice(name.lastIndexOf('.') + 1));
}
