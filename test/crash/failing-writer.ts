/** Loaded before the command (`node --import`): lets the system fail as the variable `FAULT` says. */
import files, { readlinkSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

export type WriterFault =
  /** New files whose path holds `under` cannot be created any more after so many. */
  | { fault: 'files'; code: 'ENOSPC' | 'EROFS'; under: string; after: number }
  /** The database may not grow beyond so many pages. */
  | { fault: 'full journal'; pages: number }
  /** The clock is set back by an hour when it has been looked at so often. */
  | { fault: 'clock'; after: number };

/** Files are written in folders that are held open: what their paths are by name. */
function wherever(path: string): string {
  return path.replace(/^\/proc\/self\/fd\/\d+/, (folder) => readlinkSync(folder));
}

const fault = JSON.parse(process.env['FAULT'] ?? 'null') as WriterFault | null;
let count = 0;

switch (fault?.fault) {
  case 'files': {
    const { openSync } = files;
    files.openSync = (path, flags, mode) => {
      if (flags === 'wx' && wherever(String(path)).includes(fault.under) && (count += 1) > fault.after)
        throw Object.assign(new Error(`${fault.code}: the system cannot write, open '${String(path)}'`), {
          code: fault.code,
          syscall: 'open',
        });
      return openSync(path, flags, mode);
    };
    syncBuiltinESMExports();
    break;
  }
  case 'full journal': {
    const { prototype } = DatabaseSync;
    // oxlint-disable-next-line typescript/unbound-method -- it is called with its own object
    const { exec } = prototype;
    prototype.exec = function execute(sql) {
      exec.call(this, sql);
      if (sql.startsWith('PRAGMA synchronous')) exec.call(this, `PRAGMA max_page_count = ${fault.pages}`);
    };
    break;
  }
  case 'clock': {
    const { now } = Date;
    Date.now = () => now() - ((count += 1) > fault.after ? 3_600_000 : 0);
    break;
  }
  case undefined:
}
