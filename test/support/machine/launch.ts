import { parameterNames, storeKeys, tags } from '../../../lib/config/resource-names.ts';
import { AwsError } from '../../../lib/local-aws/model/error.ts';
import { formatRecord } from '../../../lib/release/record.ts';
import type { Release } from '../../../lib/release/release.ts';
import { parseReport, type Report } from '../../../lib/release/report.ts';
import type { Stage } from './stage.ts';

export interface LaunchOptions {
  /** What it has to apply. Default: v1 of the site and the tip of the states. */
  release?: Release;
  /** Changes the synthesised user-data. */
  userData?: (text: string) => string;
  /** Default: that of the template. */
  imageId?: string;
  /** Tags beside those that a deployment gives. */
  tags?: Record<string, string>;
}

/**
 * Launches one machine by hand, from the synthesised launch template: it belongs to no fleet, so nothing ends it before
 * the test does. Gives its instance id.
 */
export function launch(stage: Stage, options: LaunchOptions = {}): string {
  const { world, settings } = stage.environment;
  const template = world.ec2.templates.find({ LaunchTemplateId: settings.launchTemplate.id });
  const { data, number } = template.version('$Latest');
  const { id } = world.ec2.instances.launch({
    group: '',
    template: { id: template.id, name: template.name, version: number },
    data: {
      ...data,
      ...(options.imageId && { ImageId: options.imageId }),
      UserData: changed(data.UserData, options),
    },
    subnet: settings.subnets[0] ?? '',
    zone: 'eu-west-1a',
    tags: { ...tagsFor(stage, options), ...options.tags },
  });
  return id;
}

/** Launches one machine, and waits until it has reported. Gives its instance id. */
export async function launched(stage: Stage, options: LaunchOptions = {}): Promise<string> {
  const id = launch(stage, options);
  await stage.waitFor('the report', () => reportOf(stage, id), { seconds: 120, show: [id] });
  return id;
}

/** Waits until the agent has done everything, also what comes after its report. */
export async function bootstrapped(stage: Stage, id: string): Promise<void> {
  const isOver = async () => {
    const { stdout } = await stage.try(id, 'systemctl is-active holdfast-bootstrap');
    return stdout.trim() === 'inactive' || undefined;
  };
  await stage.waitFor('the end of the bootstrap', isOver, { show: [id] });
}

/** What an instance reported; undefined before it did. */
export function reportOf(stage: Stage, id: string): Report | undefined {
  const { settings, service } = stage.environment;
  const key = storeKeys.report(service, settings.roleId, id);
  const text = textOf(stage, key);
  return text === undefined ? undefined : parseReport(text, key);
}

/** An object of the store; undefined when it is not there. */
export function textOf({ environment: { world, settings } }: Stage, key: string): string | undefined {
  try {
    const { Body } = world.s3.getObject({ Bucket: settings.bucket, Key: key });
    return Buffer.from(Body).toString();
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** Writes a release as a record; the version that it got. */
export function record(stage: Stage, release: Release, as: 'blue' | 'green' | 'deployed' = 'blue'): string {
  const { world, name, service } = stage.environment;
  const parameter = parameterNames(name, service)[as];
  const value = formatRecord(
    { schema: 1, release, verified: true, deployment: 'test', by: 'test', at: new Date().toISOString() },
    parameter,
  );
  const { Version } = world.ssm.putParameter({
    Name: parameter,
    Value: value,
    Type: 'String',
    Overwrite: true,
  });
  return `${parameter}:${Version}`;
}

function tagsFor(stage: Stage, options: LaunchOptions): Record<string, string> {
  const { name, service } = stage.environment;
  return {
    [tags.environment]: name,
    [tags.service]: service,
    [tags.colour]: 'blue',
    [tags.record]: record(stage, options.release ?? stage.release('v1')),
    [tags.settings]: `${parameterNames(name, service).settings}:1`,
    [tags.deployment]: 'test',
  };
}

function changed(userData: string | undefined, { userData: change }: LaunchOptions): string {
  const text = Buffer.from(userData ?? '', 'base64').toString();
  return Buffer.from(change ? change(text) : text).toString('base64');
}
