import { pythonStandardModules } from '../../files/findings/python/python-standard-names.ts';

const imported = /(?:^|[\s`>])from[ \t]+([A-Za-z_]\w*(?:\.\w+){0,5})[ \t]+import\b|(?:^|`|>>> )import[ \t]+([A-Za-z_]\w*)[ \t]*(?:`|$)/gm;
const called =
  /\b(?:modules?|librar(?:y|ies)|packages?|scripts?|commands?|tools?|programs?|files?|(?:import(?:able|ed)?) as)[ \t]+(?:called[ \t]+|named[ \t]+|name[ \t]+)?[`"']([A-Za-z_][\w-]{0,60})[`"']/i;

/** What a requirement calls its program without saying a file: the module that its examples import, else what it calls a module, a script, a tool. */
export function moduleName(requirement: string): string | undefined {
  for (const { 1: from, 2: whole } of requirement.matchAll(imported)) {
    const name = from ?? whole ?? '';
    if (name !== '' && !pythonStandardModules.has(name.split('.')[0] ?? '')) return name.replaceAll('.', '/');
  }
  return called.exec(requirement)?.[1];
}
