import { plainLine, withoutLead } from '../names/plain-line.ts';
import { claimedPath, drawnText } from '../names/claimed-path.ts';
import { pathOfMarker } from './file-marker.ts';

/** The path in a line of a block that is not code: `File: src/app.py`, `=== src/app.py ===`, `**src/app.py**`. */
export function headerPath(line: string): string | undefined {
  const marked = pathOfMarker(line);
  if (marked !== undefined) return marked;
  const isDrawn =
    (!line.startsWith('>') && drawnText(line)?.isClosed === true) ||
    /^(?:\*\*[^*]+\*\*:?|`[^`]+`:?|#{1,6}\s+\S+|\[[^\]\s]+\]:?|<[^<>\s]+>|>{2,}\s+\S+)$/.test(line);
  return isDrawn ? claimedPath(withoutLead(plainLine(line))) : undefined;
}
