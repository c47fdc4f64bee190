/** Writes docs/library-reference.md and docs/reference from the exports of the library and the remarks on them. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eventTypesPage, readEventSources } from './event-types-page.ts';
import { documentedErrors } from './documented-errors.ts';
import { runStreamEvents } from '../src/events/run-stream-events.ts';
import { emitDeclarations, readDeclarations } from './library-declarations.ts';
import { referencePages } from './reference-pages.ts';

const docs = join(import.meta.dirname, '..', 'docs');
const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
try {
  emitDeclarations(folder);
  const pages = referencePages(readDeclarations(folder), documentedErrors(readFileSync(join(docs, 'errors.md'), 'utf8')));
  rmSync(join(docs, 'reference'), { recursive: true, force: true });
  pages.set('reference/event-types.md', eventTypesPage(readEventSources(), Object.keys(runStreamEvents)));
  for (const [path, text] of pages) {
    mkdirSync(dirname(join(docs, path)), { recursive: true });
    writeFileSync(join(docs, path), text);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
