import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { executionReaders } from './readers/executions.ts';
import { instanceReaders } from './readers/instance.ts';
import { journalReaders } from './readers/journals.ts';
import { parameterReaders } from './readers/parameters.ts';
import type { Readers } from './readers/readers.ts';
import { reportReaders } from './readers/reports.ts';
import { templateReaders } from './readers/templates.ts';
import { versionFolder } from './version-folder.ts';

const readers: Readers = {
  ...parameterReaders,
  ...journalReaders,
  ...reportReaders,
  ...executionReaders,
  ...instanceReaders,
  ...templateReaders,
};

const files = readdirSync(versionFolder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map(({ parentPath, name }) => relative(versionFolder, join(parentPath, name)));

describe('what version 0.1.0 wrote', () => {
  test('has a reader for every file, and no reader without one', () => {
    expect(Object.keys(readers).toSorted()).toEqual(files.toSorted());
  });

  test.each(Object.entries(readers))('is read by this version: %s', async (path, read) => {
    await read(readFileSync(join(versionFolder, path), 'utf8'), path);
  });
});
