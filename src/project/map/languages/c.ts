import type { MapLanguage } from './map-language.ts';
import { beginningsAbove, folderOf, joinBelow } from './project-paths.ts';

const includePattern = /^\s{0,8}#\s{0,4}include\s{0,4}["<]([^">]{1,300})[">]/;
const typePattern = /^(?:typedef |template ?<[^>]{0,200}> ?)?(?:struct|class|enum class|enum|union|namespace) (\w{1,100})/;
const definePattern = /^#define (\w{1,100})/;

/** Included files are looked for beside the including one, in the folders above it, and there in `include` and `src`. */
export const c: MapLanguage = {
  endings: ['c', 'h', 'cc', 'cpp', 'cxx', 'hh', 'hpp', 'hxx', 'inl', 'm', 'mm', 'cu', 'cuh'],
  scan: (lines, found) => {
    for (const line of lines) {
      const included = includePattern.exec(line)?.[1];
      if (included !== undefined) {
        found.addImport(included);
        continue;
      }
      const name = (typePattern.exec(line) ?? definePattern.exec(line))?.[1] ?? functionOf(line);
      if (name !== undefined) found.addName(name);
    }
  },
  resolve: (specifier, from, paths) => {
    const candidates = beginningsAbove(folderOf(from)).flatMap((beginning) =>
      ['', 'include/', 'src/'].flatMap((folder) => joinBelow((beginning + folder).replace(/\/$/, ''), specifier) ?? []),
    );
    return paths.first(candidates);
  },
};

/** The name before the first parenthesis of a line that begins with a type. */
function functionOf(line: string): string | undefined {
  if (!/^[A-Za-z_]/.test(line) || /^(?:return|if|else|for|while|switch|case|goto|using|typedef)\b/.test(line)) return undefined;
  const parenthesis = line.indexOf('(');
  const before = parenthesis === -1 ? '' : line.slice(Math.max(0, parenthesis - 100), parenthesis);
  const name = /\w{1,100}$/.exec(before)?.[0];
  return name !== undefined && /[\s*&:]/.test(before) ? name : undefined;
}
