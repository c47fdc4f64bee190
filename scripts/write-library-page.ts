/** Writes the signatures in docs/library.md as the compiler declares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { libraryPage } from './library-page.ts';
import { librarySignatures } from './library-signatures.ts';

const file = join(import.meta.dirname, '..', 'docs', 'library.md');
writeFileSync(file, libraryPage(readFileSync(file, 'utf8'), librarySignatures()));
