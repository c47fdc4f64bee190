import { signaturesOf } from '../../files/fragments/signatures-of.ts';
import { renderFiles } from '../../llm/transcript.ts';
import type { RunState } from '../../state/run/run-state.ts';
import { standingWork } from '../artifacts/standing-files.ts';
import { renderOutline } from '../working-set/render-working-set.ts';

/** The files of a task that still stand as it wrote them, as a digest of its reply shows them: what they define, and all of those in `changed`. Empty where nothing is known of them. */
export async function filesInDigest(
  state: RunState,
  task: string,
  { changed, contentOf }: { changed: ReadonlySet<string>; contentOf: (sha256: string) => Promise<Uint8Array | undefined> },
): Promise<string> {
  const parts: string[] = [];
  for (const { path, sha256, task: writer } of standingWork(state)) {
    const content = writer === task ? await contentOf(sha256) : undefined;
    if (content === undefined) continue;
    const file = { path, content: Buffer.from(content).toString('utf8') };
    const signatures = changed.has(path) ? [] : await signaturesOf(file);
    if (changed.has(path)) parts.push(renderFiles([file]));
    else if (signatures.length > 0) parts.push(renderOutline({ path, signatures }));
  }
  return parts.join('');
}
