import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HoldfastError } from '../../release/errors.ts';
import type { Template } from './template.ts';

/** One synthesised stack. */
export interface AssemblyStack {
  name: string;
  account: string;
  region: string;
  template: Template;
}

/** What `npm run synth` wrote: stacks and the files that they deploy. */
export interface Assembly {
  /** Of one environment, in the order in which they are to be deployed. */
  stacks: AssemblyStack[];
  /** Folder or file of an asset, by its key in the bucket of the assets. */
  asset(objectKey: string): string;
}

interface Artifact {
  type: string;
  environment?: string;
  dependencies?: string[];
  properties?: { templateFile?: string; stackName?: string; file?: string };
}

interface AssetFile {
  source: { path: string };
  destinations: Record<string, { objectKey: string }>;
}

/** Reads the stacks of an environment from a cloud assembly (`cdk.out`). */
export function readAssembly(folder: string, environment: string): Assembly {
  const artifacts = readArtifacts(folder);
  const names = Object.keys(artifacts).filter((name) => belongsTo(name, artifacts[name], environment));
  if (names.length === 0) {
    throw new HoldfastError(
      'InvalidInput',
      `${folder}: found no stack of environment ${environment}; name one that holdfast.config.ts has, and run \`npm run synth\``,
    );
  }
  const assets = readAssets(folder, artifacts);
  return {
    stacks: inOrder(names, artifacts).map((name) => readStack(folder, name, artifacts[name] as Artifact)),
    asset(objectKey) {
      const path = assets.get(objectKey);
      if (path !== undefined && existsSync(path)) return path;
      throw new HoldfastError(
        'InvalidInput',
        `${folder}: found no asset ${objectKey}; run \`npm run synth\` again`,
      );
    },
  };
}

function readArtifacts(folder: string): Record<string, Artifact> {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) {
    throw new HoldfastError(
      'InvalidInput',
      `${folder}: found no manifest.json, expected a cloud assembly; run \`npm run synth\``,
    );
  }
  return (readJson(manifest) as { artifacts: Record<string, Artifact> }).artifacts;
}

function belongsTo(name: string, artifact: Artifact | undefined, environment: string): boolean {
  return (
    artifact?.type === 'aws:cloudformation:stack' &&
    (artifact.properties?.stackName ?? name).startsWith(`holdfast-${environment}-`)
  );
}

/** Dependencies first. */
function inOrder(names: string[], artifacts: Record<string, Artifact>): string[] {
  const ordered = new Set<string>();
  const visit = (name: string) => {
    for (const dependency of artifacts[name]?.dependencies ?? [])
      if (names.includes(dependency)) visit(dependency);
    ordered.add(name);
  };
  names.forEach(visit);
  return [...ordered];
}

function readStack(folder: string, id: string, { environment, properties }: Artifact): AssemblyStack {
  const [account = '', region = ''] = (environment ?? '').replace('aws://', '').split('/');
  const template = readJson(join(folder, properties?.templateFile ?? '')) as Template;
  return { name: properties?.stackName ?? id, account, region, template };
}

function readAssets(folder: string, artifacts: Record<string, Artifact>): Map<string, string> {
  const manifests = Object.values(artifacts).filter(({ type }) => type === 'cdk:asset-manifest');
  const files = manifests.flatMap(({ properties }) => {
    const { files: inside = {} } = readJson(join(folder, properties?.file ?? '')) as {
      files?: Record<string, AssetFile>;
    };
    return Object.values(inside);
  });
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }) => [objectKey, resolve(folder, source.path)] as const),
    ),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
