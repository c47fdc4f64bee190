import type { CodeFinding } from './code-finding.ts';
import type { SourceNode } from './source-tree.ts';

/** The first word of a comment that says that something is still to be written. */
const beginnings = /^(?:TODO|FIXME)\b/i;

/** Whole comments in place of code that was left out. */
const omissions = [
  /^.{0,60}\b(?:your|actual|additional|more|other|implementation|business) (?:code|logic|implementation|tests?)(?: goes| comes)? here\W*$/i,
  /^.{0,60}\b(?:code|implementation|logic) (?:goes|comes|will go) here\W*$/i,
  /^(?:add|put|write|insert|implement|place|define|include) (?:your|the|more|other|any|additional|rest of)\b.{0,80}\bhere\W*$/i,
  /^implement (?:this|me|here|it)\b.{0,40}$/i,
  /^\W*(?:the )?(?:rest|remainder) of (?:the|your|this) (?:code|file|class|function|method|implementation|program|script|module|tests?|logic)\b.{0,60}$/i,
  /^\W*(?:existing|previous|remaining|other) (?:code|methods|functions|implementation|tests?)(?: remains?| stays?| are| is)? (?:unchanged|here|the same|as before)\W*$/i,
  /^\W*(?:existing|previous|remaining|rest of) (?:code|methods|functions|implementation)\W*$/i,
  /^not (?:yet )?implemented(?: yet)?\W*$/i,
  /^(?:this is )?(?:just )?a? ?(?:placeholder|stub)(?: for\b.{0,80}|\W*)$/i,
];

const onlyDots = /^(?:\.{3,}|…)$/;

/** Comments that stand in for code. */
export function findPlaceholderComments(root: SourceNode): CodeFinding[] {
  const findings: CodeFinding[] = [];
  for (const node of root.walk()) {
    if (!node.type.includes('comment') || node.type.includes('content') || node.end - node.start > 2000) continue;
    for (const line of node.text.split('\n')) {
      const words = wordsOf(line);
      const isOmission = onlyDots.test(words)
        ? standsAlone(node)
        : beginnings.test(words) || omissions.some((pattern) => pattern.test(words));
      if (!isOmission) continue;
      const name = words.slice(0, 80);
      findings.push({ kind: 'placeholder', line: node.line, name, message: `a comment stands where code is missing: \`${name}\`` });
      break;
    }
  }
  return findings;
}

/** Whether a comment is alone: dots between other comments belong to those. */
function standsAlone({ source, start, end }: SourceNode): boolean {
  const lineStart = source.lastIndexOf('\n', start - 1) + 1;
  const before = source.slice(source.lastIndexOf('\n', lineStart - 2) + 1, lineStart);
  const next = source.indexOf('\n', end) + 1;
  const after = next === 0 ? '' : source.slice(next, next + 200);
  return !/^\s*(?:#|\/\/|\*)/.test(before.slice(0, 200)) && !/^[ \t]*(?:#|\/\/|\*)/.test(after);
}

function wordsOf(line: string): string {
  return line
    .slice(0, 300)
    .trim()
    .replace(/^(?:\/\/[/!]?|\/\*\*?|#+!?|\*)\s*/, '')
    .replace(/\*\/$/, '')
    .trim();
}
