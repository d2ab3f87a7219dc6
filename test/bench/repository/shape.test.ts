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
  expect(pathOf(0)).toMatch(/^area-00\/part-00\/[a-z]+-[a-z]+-0\.ts$/);
  expect(pathOf(4999)).toMatch(/^area-09\/part-09\/[a-z]+-[a-z]+-3uv\.png$/);
  expect(new Set(Array.from({ length: 5000 }, (_, file) => pathOf(file))).size).toBe(5000);
});
