import { isElsewhere } from './dependency-audit.ts';

/** What there is to say about a requirement of Python, such as `flask[async] >= 2; python_version > "3.8"`. Nothing where one version is fixed. */
export function describePythonRequirement(requirement: string): string[] {
  const [wanted = ''] = requirement.split(/;|\s--hash/, 1);
  const [name = '', source] = wanted.split(/\s@\s|(?<=\])@|@(?=\w+:)/, 2).map((part) => part.trim());
  if (source !== undefined) return [`${name} comes from ${source}, not from a registry`];
  if (isElsewhere(wanted) || wanted.includes('://')) return [`${wanted.trim()} is installed from there, not from a registry`];
  const at = name.search(/[=<>~!]/);
  if (at === -1) return [`${name}: any version may come (none is given)`];
  const range = name.slice(at);
  const isFixed = /^===?[^*]+$/.test(range);
  return isFixed || /<|~=|==/.test(range) ? [] : [`${name.slice(0, at).trim()}: any later version may come (${range})`];
}
