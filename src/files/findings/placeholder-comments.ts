import type { CodeFinding } from './code-finding.ts';
import type { SourceNode } from './source-tree.ts';

/** A comment that says that something is still to be written, from its first word. */
const beginnings = /^(?:TODO|FIXME|XXX)\b/i;

/** Words that stand where code was left out. */
const omissions = [
  /\b(?:your|the|some|actual|additional|more|other|implementation|business) (?:code|logic|implementation|tests?)(?: goes| comes)? here\b/i,
  /\b(?:code|implementation|logic) (?:goes|comes|will go) here\b/i,
  /^(?:add|put|write|insert|implement|place|define|include) (?:your|the|more|other|any|additional|rest of)\b.{0,80}\bhere\b/i,
  /^implement (?:this|me|here|it)\b/i,
  /\b(?:rest|remainder) of (?:the|your|this) (?:code|file|class|function|method|implementation|program|script|module|tests?|logic)\b/i,
  /\b(?:existing|previous|remaining|other) (?:code|methods|functions|implementation|tests?)(?: remains?| stays?| are| is)? (?:unchanged|here|the same|as before)\b/i,
  /^(?:\.{3}|…)?\s*(?:existing|previous|remaining|rest of) (?:code|methods|functions|implementation)\s*(?:\.{3}|…)?$/i,
  /\bnot (?:yet )?implemented(?: yet)?\b.{0,40}$/i,
  /^(?:this is )?(?:just )?a? ?(?:placeholder|stub)\b/i,
  /^(?:\.{3,}|…)$/,
];

/** Comments that stand in for code. */
export function findPlaceholderComments(root: SourceNode): CodeFinding[] {
  const findings: CodeFinding[] = [];
  for (const node of root.walk()) {
    if (!node.type.includes('comment') || node.type.includes('content') || node.end - node.start > 2000) continue;
    for (const line of node.text.split('\n')) {
      const words = wordsOf(line);
      if (!beginnings.test(words) && !omissions.some((pattern) => pattern.test(words))) continue;
      const name = words.slice(0, 80);
      findings.push({ kind: 'placeholder', line: node.line, name, message: `a comment stands where code is missing: \`${name}\`` });
      break;
    }
  }
  return findings;
}

function wordsOf(line: string): string {
  return line
    .slice(0, 300)
    .trim()
    .replace(/^(?:\/\/[/!]?|\/\*\*?|#+!?|\*)\s*/, '')
    .replace(/\s*\*\/$/, '')
    .trim();
}
