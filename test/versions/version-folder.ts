import { join } from 'node:path';

/** What version 0.1.0 wrote. */
export const versionFolder = join(__dirname, '../fixtures/versions/0.1.0');
