import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { storeKeys, tags } from '../../../lib/config/resource-names.ts';
import { type MetadataServer, startMetadata } from '../../../lib/rehearsal/hosts/metadata.ts';
import { parseReport, type Report } from '../../../lib/release/report.ts';
import { agentFile, bucket, deployed, type Stage } from './stage.ts';

const settingsName = '/holdfast/test/web/settings';
const roleId = 'AROATEST';

/** An instance of a service: its metadata, its settings parameter, and its user-data run by bash. */
export class Instance {
  readonly id = 'i-0123456789abcdef0';
  readonly home: string;
  readonly stage: Stage;
  /** What its console shows, all boots together. */
  said = '';
  readonly #tags: Record<string, string>;
  readonly #metadata: MetadataServer;

  private constructor(stage: Stage, metadata: MetadataServer, labels: Record<string, string>) {
    this.#tags = labels;
    this.stage = stage;
    this.#metadata = metadata;
    this.home = join(stage.folder, 'home');
    mkdirSync(this.home);
  }

  static async launch(stage: Stage, record = `${deployed}:1`): Promise<Instance> {
    const launched = {
      id: 'i-0123456789abcdef0',
      group: 'fleet',
      userData: '',
      roleId,
      credentials: {
        accessKeyId: 'ASIATEST',
        secretAccessKey: 'secret',
        sessionToken: `${roleId}:i-0123456789abcdef0`,
      },
      tags: {
        [tags.record]: record,
        [tags.settings]: `${settingsName}:1`,
        [tags.colour]: 'blue',
        [tags.deployment]: 'd-1',
        [tags.roleId]: roleId,
        'aws:autoscaling:groupName': 'fleet',
      },
      launchTemplate: { id: 'lt-1', version: 1 },
      instanceType: 't4g.small',
      imageId: 'ami-1',
    };
    const metadata = await startMetadata(launched, { address: '127.0.0.1', region: 'us-east-1' });
    return new Instance(stage, metadata, launched.tags);
  }

  stop(): void {
    this.#metadata.close();
  }

  /** Changes a tag; its metadata shows it at once. */
  tag(name: string, value: string | undefined): void {
    if (value === undefined) delete this.#tags[name];
    else this.#tags[name] = value;
  }

  /** Writes the settings parameter of the service. */
  settings(more: Record<string, unknown>): void {
    const value = {
      schema: 1,
      environment: 'test',
      service: 'web',
      tier: 'web',
      role: 'web',
      roleId,
      root: '/srv/holdfast',
      bucket,
      capacity: { min: 1, max: 1 },
      scaling: {},
      launchTemplate: { id: 'lt-1', build: 'b' },
      subnets: ['subnet-1'],
      rollout: {},
      ...more,
    };
    const text = JSON.stringify(value);
    this.stage.world.ssm.putParameter({ Name: settingsName, Value: text, Type: 'String', Overwrite: true });
  }

  /** Puts the agent into the store. */
  storeAgent(): string {
    const body = readFileSync(agentFile);
    const sha256 = createHash('sha256').update(body).digest('hex');
    this.stage.store(storeKeys.agent(sha256), body);
    return sha256;
  }

  /** Puts the Node that runs this test into the store. */
  storeNode(): string {
    const body = readFileSync(process.execPath);
    const sha256 = createHash('sha256').update(body).digest('hex');
    this.stage.store(storeKeys.node(sha256), body);
    return sha256;
  }

  /** The user-data as the launch template carries it. */
  userData(sha256: string, more: Record<string, string> = {}): string {
    const init = {
      environment: 'test',
      service: 'web',
      role: 'web',
      bucket,
      agent: sha256,
      ...more,
    };
    const script = readFileSync(join(process.cwd(), 'userdata/boot.sh'), 'utf8');
    return script.replace('@INIT@', JSON.stringify(init));
  }

  /** What everything on it finds in its environment. */
  get environment(): Record<string, string> {
    return {
      HOLDFAST_HOME: this.home,
      AWS_ENDPOINT_URL: this.stage.endpoint,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: this.#metadata.endpoint,
    };
  }

  async boot(
    userData: string,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<{ code: number | null; output: string }> {
    const script = join(this.home, 'user-data');
    writeFileSync(script, userData, { mode: 0o700 });
    const child = spawn('bash', [script], {
      cwd: this.home,
      env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, ...this.environment, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
        this.said += chunk;
      });
    const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
    return { code, output };
  }

  report(): Report {
    const key = storeKeys.report('web', roleId, this.id);
    const { Body } = this.stage.world.s3.getObject({ Bucket: bucket, Key: key });
    return parseReport(Buffer.from(Body as Uint8Array).toString(), key);
  }
}
