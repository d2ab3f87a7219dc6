import { join } from 'node:path';
import * as z from 'zod';
import { readState, writeState } from '../host/state-file.ts';

/** Below `/`, not below the service's root: a boot that fails before it knows that root has a log too. */
const folder = 'var/lib/holdfast';

const stateSchema = z.strictObject({ cursor: z.string().min(1) });

/** Lock of the log shipping. */
export const logLock = (home: string) => join(home, folder, 'log.lock');

const stateFile = (home: string) => join(home, folder, 'log.json');

/** Position up to which the journal was shipped; undefined: nothing yet. */
export function readCursor(home: string): string | undefined {
  return readState(stateFile(home), stateSchema)?.cursor;
}

/** Notes the position up to which the journal was shipped. */
export function writeCursor(home: string, cursor: string): void {
  writeState(stateFile(home), { cursor });
}
