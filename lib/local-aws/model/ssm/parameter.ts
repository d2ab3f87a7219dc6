import { AwsError } from '../error.ts';
import type { Staleness } from '../faults.ts';

export interface ParameterVersion {
  version: number;
  value: string;
  type: 'String' | 'StringList' | 'SecureString';
  description: string | undefined;
  dataType: string;
  /** Milliseconds since the epoch. */
  at: number;
  labels: string[];
}

/** Versions that are kept. */
const keptVersions = 100;

/** One name in Parameter Store with its history, oldest first. */
export class StoredParameter {
  readonly name: string;
  readonly versions: ParameterVersion[] = [];

  constructor(name: string) {
    this.name = name;
  }

  /** Adds a version; the oldest of more than a hundred goes. */
  add(version: Omit<ParameterVersion, 'version' | 'labels'>): ParameterVersion {
    const [oldest] = this.versions;
    if (oldest && this.versions.length >= keptVersions) {
      if (oldest.labels.length > 0) throw labelledOldest(this.name);
      this.versions.shift();
    }
    const added = { ...version, version: (this.versions.at(-1)?.version ?? 0) + 1, labels: [] };
    this.versions.push(added);
    return added;
  }

  /** Version that a lagging reader sees. */
  visible(now: number, stale: Staleness | undefined): readonly ParameterVersion[] {
    if (!stale) return this.versions;
    const shown = this.versions.slice(0, this.versions.length - (stale.versions ?? 0));
    return shown.filter((version) => version.at <= now - (stale.milliseconds ?? 0));
  }
}

/** `name`, `name:3` or `name:label`; an ARN gives its name. */
export function parseSelector(text: string): { name: string; selector: string | undefined } {
  const name = text.startsWith('arn:') ? text.slice(text.indexOf(':parameter') + ':parameter'.length) : text;
  const colon = name.indexOf(':');
  if (colon < 0) return { name, selector: undefined };
  return { name: name.slice(0, colon), selector: name.slice(colon + 1) };
}

/** The version that a selector names. */
export function select(
  versions: readonly ParameterVersion[],
  name: string,
  selector: string | undefined,
): ParameterVersion {
  const newest = versions.at(-1);
  if (!newest) throw new AwsError('ParameterNotFound', `Parameter ${name} not found.`);
  if (selector === undefined) return newest;
  const found = versions.find(
    (version) => String(version.version) === selector || version.labels.includes(selector),
  );
  if (found) return found;
  throw new AwsError(
    'ParameterVersionNotFound',
    `Systems Manager could not find version ${selector} of ${name}. Verify the version and try again.`,
  );
}

function labelledOldest(name: string): AwsError {
  return new AwsError(
    'ParameterMaxVersionLimitExceeded',
    `You attempted to create a new version of ${name} by calling the PutParameter API with the overwrite flag. Version 1, the oldest version, can't be deleted because it has a label associated with it. Move the label to another version of the parameter, and try again.`,
  );
}
