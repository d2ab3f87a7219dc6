import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { Summary } from '../../../lib/agent/host/events.ts';
import { main } from '../../../lib/agent/main.ts';
import type { InstanceClients } from '../../../lib/aws/instance-clients.ts';
import { lifecycleActions } from '../../../lib/aws/lifecycle.ts';
import { cloudWatchLogs } from '../../../lib/aws/logs.ts';
import { s3Objects } from '../../../lib/aws/objects.ts';
import { ssmParameters } from '../../../lib/aws/parameters.ts';
import { managedSecrets } from '../../../lib/aws/secrets.ts';
import { realClock } from '../../../lib/local-aws/real-clock.ts';
import { requestHandler } from '../../../lib/local-aws/wire/request-handler.ts';
import { type Endpoint, serve } from '../../../lib/local-aws/wire/serve.ts';
import { World } from '../../../lib/local-aws/world.ts';
import type { DeployedRecord } from '../../../lib/release/record.ts';
import type { Entry, Release, Tarball } from '../../../lib/release/release.ts';
import { Repository } from './repository.ts';

/** The bundled agent; `HOLDFAST_AGENT` names another one to test. */
export const agentFile = process.env.HOLDFAST_AGENT ?? join(process.cwd(), 'dist/agent/holdfast-agent');
export const bucket = 'store';
export const deployed = '/holdfast/test/web/deployed';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  /** All lines but the last. */
  events: Record<string, unknown>[];
  summary: Summary;
}

/** The agent as a process that runs. */
export interface Running {
  process: ChildProcess;
  ended: Promise<Ended>;
}

/** A machine for the real agent: a folder, and the local AWS over HTTP. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdfast-agent-'));
  readonly root = join(this.folder, 'srv');
  readonly world: World;
  readonly #endpoint: Endpoint;
  #settings: Record<string, unknown> = {};

  private constructor(world: World, endpoint: Endpoint) {
    this.world = world;
    this.#endpoint = endpoint;
    world.s3.createBucket({ Bucket: bucket });
    world.s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } });
  }

  static async start(): Promise<Stage> {
    const hosts = {
      address: () => '127.0.0.1',
      start: () => undefined,
      halt: async () => undefined,
      stop: async () => undefined,
      probe: async () => undefined,
      console: () => '',
    };
    const world = new World({ clock: realClock, hosts });
    return new Stage(world, await serve(world));
  }

  async stop(): Promise<void> {
    await this.#endpoint.close();
    this.world.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get endpoint(): string {
    return this.#endpoint.url;
  }

  repository(name = 'repository'): Repository {
    return new Repository(join(this.folder, name));
  }

  /** Sets keys of the settings file; the rest stays as it was. */
  configure(settings: Record<string, unknown>): void {
    const standard = {
      environment: 'test',
      service: 'web',
      role: 'web',
      root: this.root,
      parameters: { release: deployed, deployed },
      bucket,
      record: { waitSeconds: 0 },
    };
    this.#settings = { ...standard, ...this.#settings, ...settings };
    writeFileSync(this.settingsFile, JSON.stringify(this.#settings));
  }

  get settingsFile(): string {
    return join(this.folder, 'settings.json');
  }

  /** Puts a record of a release into a parameter. */
  record(release: Release, more: Partial<DeployedRecord> = {}, name = deployed): void {
    const record = { schema: 1, release, deployment: 'd-1', by: 'ci', at: '2026-11-22T10:00:00Z', ...more };
    this.world.ssm.putParameter({
      Name: name,
      Value: JSON.stringify(record),
      Type: 'String',
      Overwrite: true,
    });
  }

  recorded(name = deployed): DeployedRecord {
    return JSON.parse(this.world.ssm.getParameter({ Name: name }).Parameter?.Value ?? '');
  }

  /** Puts an object into the store and names it as a release does. */
  store(key: string, body: Buffer, metadata: Record<string, string> = {}): Tarball {
    const put = this.world.s3.putObject({ Bucket: bucket, Key: key, Body: body, Metadata: metadata });
    return { key, version: put.VersionId ?? '', sha256: createHash('sha256').update(body).digest('hex') };
  }

  /** `deploy` in this process: all of the agent but its start. */
  async deploy(...args: string[]): Promise<Ended> {
    return await this.#run('deploy', ...args);
  }

  /** `refresh` in this process. */
  async refresh(): Promise<Ended> {
    return await this.#run('refresh');
  }

  /** `ship-log` in this process. */
  async shipLog(): Promise<Ended> {
    return await this.#run('ship-log');
  }

  async #run(...command: string[]): Promise<Ended> {
    const output = { stdout: '', stderr: '' };
    const words = [...command, '--settings', this.settingsFile];
    const outputs = {
      stdout: (text: string) => (output.stdout += text),
      stderr: (text: string) => (output.stderr += text),
    };
    return endedWith(await main(words, outputs, () => storesOf(this.world)), output);
  }

  /** `deploy --auto` as a process of its own. */
  async autoProcess(): Promise<Ended> {
    return await this.begin(['deploy', '--auto', '--settings', this.settingsFile]).ended;
  }

  async auto(): Promise<Ended> {
    return await this.deploy('--auto');
  }

  /** `through`: a program with its options that runs the agent, for example `prlimit`. */
  begin(args: string[], environment: NodeJS.ProcessEnv = {}, through: string[] = []): Running {
    const [program = agentFile, ...words] = [...through, agentFile, ...args];
    const child = spawn(program, words, {
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        HOME: this.folder,
        AWS_ENDPOINT_URL: this.endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { process: child, ended: ended(child) };
  }

  /** Folder of the current release. */
  current(repository = 'site'): string {
    return join(this.root, repository, 'current');
  }

  currentId(repository = 'site'): string {
    return basename(readlinkSync(this.current(repository)));
  }

  releases(repository = 'site'): string[] {
    const folder = join(this.root, repository, 'releases');
    return existsSync(folder) ? readdirSync(folder) : [];
  }
}

function ended(child: ChildProcess): Promise<Ended> {
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (chunk) => (output.stdout += chunk));
  child.stderr?.on('data', (chunk) => (output.stderr += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(endedWith(code, output)));
  });
}

function endedWith(code: number | null, { stdout, stderr }: { stdout: string; stderr: string }): Ended {
  const lines = stdout.split('\n').filter(Boolean);
  const events = lines.map((line) => JSON.parse(line));
  return { code, stdout, stderr, events: events.slice(0, -1), summary: events.at(-1) };
}

/** The stores of an instance, on a world in this process. */
export function storesOf(world: World): InstanceClients {
  const options = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: requestHandler(world),
  };
  return {
    parameters: ssmParameters(new SSMClient(options), { waitSeconds: 0 }),
    objects: async (name) => s3Objects(new S3Client({ ...options, forcePathStyle: true }), name),
    secrets: async () => managedSecrets(new SecretsManagerClient(options)),
    lifecycle: async () => lifecycleActions(new AutoScalingClient(options)),
    logs: async () => cloudWatchLogs(new CloudWatchLogsClient(options)),
  };
}

/** A release of one git repository called site. */
export function site(commit: string, more: Partial<Entry> = {}, branch = 'main'): Release {
  return { site: { branch, commit, ...more } as Entry };
}
