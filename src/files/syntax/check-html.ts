import type { DefaultTreeAdapterTypes, ParserError } from 'parse5';
import { quoteText, type SyntaxFinding } from './syntax-finding.ts';

type Node = DefaultTreeAdapterTypes.Node;

/** Errors that browsers forgive and that people make on purpose: fragments, `<div/>`, `&copy` without its semicolon. */
const harmless = new Set([
  'missing-doctype',
  'non-conforming-doctype',
  'non-void-html-element-start-tag-with-trailing-solidus',
  'missing-semicolon-after-character-reference',
  'unknown-named-character-reference',
  'control-character-in-input-stream',
]);

/** Elements whose end tag may be left out, and those that have none. */
const openEnded = new Set(
  (
    'html head body li dt dd p rt rp optgroup option colgroup caption thead tbody tfoot tr td th ' +
    'area base br col embed hr img input link meta param source track wbr'
  ).split(' '),
);

/** Checks HTML as the standard parses it, and finds elements that are never closed. */
export async function checkHtml(text: string): Promise<SyntaxFinding[]> {
  const { parse } = await import('parse5');
  const errors: ParserError[] = [];
  const document = parse(text, { sourceCodeLocationInfo: true, onParseError: (error) => errors.push(error) });
  const findings = errors
    .filter(({ code }) => !harmless.has(code))
    .map(({ code, startLine, startCol }) => ({ line: startLine, column: startCol, message: code.replaceAll('-', ' ') }));
  return [...findings, ...unclosedElements(document)];
}

function unclosedElements(document: Node): SyntaxFinding[] {
  const findings = new Map<number, SyntaxFinding>();
  // Our own stack: elements may be nested as deep as the file is long.
  const open: Node[] = [document];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if ('childNodes' in node) open.push(...node.childNodes);
    if ('content' in node) open.push(node.content);
    if (!('tagName' in node) || openEnded.has(node.tagName)) continue;
    const { startTag, endTag } = node.sourceCodeLocation ?? {};
    const namespace: string = node.namespaceURI;
    // Elements of SVG and MathML may close themselves.
    if (startTag === undefined || endTag !== undefined || namespace !== 'http://www.w3.org/1999/xhtml') continue;
    const { startLine: line, startCol: column, startOffset } = startTag;
    findings.set(startOffset, { line, column, message: `${quoteText(`<${node.tagName}>`)} is not closed` });
  }
  return [...findings.values()];
}
