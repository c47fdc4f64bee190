import { pythonStandardModules } from '../../files/findings/python/python-standard-names.ts';

/**
 * The file of a program whose requirement names none. The first language that it names decides; a page for the browser is HTML; otherwise it is Python. The
 * file gets the name that the requirement gives the program, if any.
 */
export function programFileFor(requirement: string): string {
  const text = requirement.toLowerCase();
  const named = languageFiles
    .map(([word, file]) => ({ file, at: text.search(word) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at)[0];
  const file = named?.file ?? 'main.py';
  const name = namedFiles.test(file) ? moduleName(requirement) : undefined;
  if (name === undefined) return file;
  const ending = file.slice(file.lastIndexOf('.'));
  return `${ending === '.py' ? name.replaceAll('-', '_') : name}${ending}`;
}

/** Files whose name is free. A page, and a program that its language's tools look for, has a fixed one. */
const namedFiles = /\.(?:py|js|ts|sh|rb|php)$/;

const languageFiles: readonly (readonly [RegExp, string])[] = [
  [/\bpython\b/, 'main.py'],
  [/\btypescript\b/, 'main.ts'],
  [/\b(?:javascript|node\.?js|node)\b/, 'main.js'],
  [/\b(?:golang|in go|go program|go module)\b/, 'main.go'],
  [/\brust\b/, 'main.rs'],
  [/\bjava\b/, 'Main.java'],
  [/\bruby\b/, 'main.rb'],
  [/\bphp\b/, 'main.php'],
  [/\b(?:bash|shell script)\b/, 'main.sh'],
  [/\b(?:web page|html page|html|website|landing page)\b/, 'index.html'],
];

const imported = /(?:^|[\s`>])from[ \t]+([A-Za-z_]\w*(?:\.\w+){0,5})[ \t]+import\b|(?:^|`|>>> )import[ \t]+([A-Za-z_]\w*)[ \t]*(?:`|$)/gm;
const called =
  /\b(?:modules?|librar(?:y|ies)|packages?|scripts?|commands?|tools?|programs?|files?|(?:import(?:able|ed)?) as)[ \t]+(?:called[ \t]+|named[ \t]+|name[ \t]+)?[`"']([A-Za-z_][\w-]{0,60})[`"']/i;

/**
 * The name that a requirement gives its program without naming a file: the module that its examples import, else what it calls a module, a script or a tool.
 */
function moduleName(requirement: string): string | undefined {
  for (const { 1: from, 2: whole } of requirement.matchAll(imported)) {
    const name = from ?? whole ?? '';
    if (name !== '' && !pythonStandardModules.has(name.split('.')[0] ?? '')) return name.replaceAll('.', '/');
  }
  return called.exec(requirement)?.[1];
}
