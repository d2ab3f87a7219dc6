import { bytesOf, hotFiles, pathOf, standard } from '../../../bench/repository/shape.ts';

it('holds 100 MB in its 5,000 files', () => {
  const sizes = Array.from({ length: standard.files }, (_, file) => bytesOf(file, standard));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  expect(bytes / 1e6).toBeGreaterThan(95);
  expect(bytes / 1e6).toBeLessThan(105);
});

it('keeps the files small that the history changes', () => {
  expect(bytesOf(0, standard)).toBe(bytesOf(hotFiles - 1, standard));
});

it('spreads files over folders', () => {
  expect(pathOf(0)).toBe('area-00/part-00/file-00000.txt');
  expect(pathOf(4999)).toBe('area-09/part-09/file-04999.txt');
  expect(new Set(Array.from({ length: 5000 }, (_, file) => pathOf(file))).size).toBe(5000);
});
