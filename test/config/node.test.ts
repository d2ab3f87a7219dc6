import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import config from '../../holdfast.config.ts';
import { nodeSchema } from '../../lib/config/node.ts';

it("refuses another architecture than EC2's, and what is no digest", () => {
  expect(nodeSchema.safeParse({ riscv: { sha256: 'a'.repeat(64) } }).success).toBe(false);
  expect(nodeSchema.safeParse({ arm64: { sha256: 'A'.repeat(64) } }).success).toBe(false);
  expect(nodeSchema.safeParse({ arm64: { sha256: 'a'.repeat(64) } }).success).toBe(true);
});

it('the example names the Node that the project itself is run with', () => {
  const { version, bin } = JSON.parse(readFileSync('node_modules/node/package.json', 'utf8'));
  const body = readFileSync(join('node_modules/node', bin.node));
  const digests = Object.values(config.environments)
    .flatMap(({ services }) => Object.values(services))
    .map(({ node }) => (process.arch === 'arm64' ? node?.arm64 : node?.x86_64)?.sha256);
  expect(new Set(digests)).toEqual(new Set([createHash('sha256').update(body).digest('hex')]));
  expect(readFileSync('holdfast.config.ts', 'utf8')).toContain(`Node ${version}`);
});
