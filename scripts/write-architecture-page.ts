/** Writes the pictures of the rooms into docs/architecture.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { architecturePage } from './architecture-page.ts';

const file = join(import.meta.dirname, '..', 'docs', 'architecture.md');
writeFileSync(file, architecturePage(readFileSync(file, 'utf8')));
