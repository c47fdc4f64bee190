/**
 * Draws the output of a real run as a terminal window: `node scripts/picture-of-a-run.ts` runs the demo in a temporary folder and writes
 * `docs/run.svg`. With a file as argument the text is taken from there instead, as `multiagent demo > file` left it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const command = 'npx multiagent demo';
const columns = 122;
/** Pixels. */
const [letterWidth, lineHeight, fontSize, margin, bar] = [8.4, 20, 14, 20, 38];

/** The kinds of lines, told apart by what they say; the first that matches gives the colour. */
const colours: readonly [RegExp, string][] = [
  [/^\$ /, '#ffffff'],
  [/FAILED|not written/, '#ff7b72'],
  [/: done in |^Completed /, '#7ee787'],
  [/: (created|updated) /, '#79c0ff'],
  [/^(Run|Model|This demo|team works|What you saw)/, '#9da7b3'],
];
const ordinary = '#d7dde3';

function outputOfDemo(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'picture-'));
  try {
    return execFileSync(process.execPath, [join(root, 'src/cli/multiagent.ts'), 'demo'], { cwd: workspace, encoding: 'utf8' });
  } finally {
    rmSync(workspace, { recursive: true, force: true });
  }
}

/** Lines as a terminal of this width breaks them: at the last space that fits, else where the line is full. */
function wrap(line: string): string[] {
  if (line.length <= columns) return [line];
  const space = line.lastIndexOf(' ', columns);
  const end = space > columns / 2 ? space : columns;
  return [line.slice(0, end), ...wrap(`    ${line.slice(end).trimStart()}`)];
}

function escape(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function draw(output: string): string {
  // What is told after the outcome is advice, not the run.
  const [run = ''] = output.trimEnd().split('\n\nWhat you saw');
  const lines = [`$ ${command}`, ...run.split('\n')].flatMap((line) => {
    const colour = colours.find(([pattern]) => pattern.test(line))?.[1] ?? ordinary;
    return wrap(line).map((text) => ({ text, colour }));
  });
  const width = Math.ceil(columns * letterWidth + 2 * margin);
  const height = bar + margin + lines.length * lineHeight + margin / 2;
  const buttons = ['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${22 + index * 20}" cy="19" r="6" fill="${fill}"/>`);
  const texts = lines.map(({ text, colour }, index) => {
    const y = bar + margin + index * lineHeight;
    return text === '' ? '' : `<text x="${margin}" y="${y}" fill="${colour}">${escape(text)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">
<title>A run of multiagent in a terminal: six steps from a requirement to files</title>
<rect width="${width}" height="${height}" rx="10" fill="#12181f"/>
${buttons.join('')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${fontSize}" xml:space="preserve">
${texts.filter((text) => text !== '').join('\n')}
</g>
</svg>
`;
}

const [given] = process.argv.slice(2);
writeFileSync(join(root, 'docs/run.svg'), draw(given === undefined ? outputOfDemo() : readFileSync(given, 'utf8')));
