import {
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateVersionsCommand,
  DescribeLaunchTemplateVersionsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2';
import { HoldfastError } from '../release/errors.ts';
import { allPages, call } from './call.ts';

export interface TemplateVersion {
  version: number;
  description: string;
}

export interface Pin {
  id: string;
  /** Version to start from. */
  source: number;
  imageId: string;
  description: string;
  /** The same token returns the same version again. */
  token: string;
}

/** EC2 launch templates. */
export interface Templates {
  /** All versions, newest first. */
  versions(id: string): Promise<TemplateVersion[]>;
  /** The image id of a version, with a parameter in its place resolved. */
  image(id: string, version: number): Promise<string>;
  /** Creates a version with the image resolved and returns its number. */
  pin(pin: Pin): Promise<number>;
  /** Deletes a version. A missing one is fine. */
  delete(id: string, version: number): Promise<void>;
}

/** Codes that mean that the version is gone already. */
const gone = ['launchTemplateVersionDoesNotExist', 'launchTemplateIdDoesNotExist'];

/** Launch templates through the SDK's client. */
export function ec2Templates(client: EC2Client): Templates {
  return {
    async versions(id: string): Promise<TemplateVersion[]> {
      const versions = await allPages(async (token) => {
        const answer = await call(`could not list the versions of launch template ${id}`, () =>
          client.send(new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId: id, NextToken: token })),
        );
        return { items: answer.LaunchTemplateVersions, next: answer.NextToken };
      });
      return versions
        .map((each) => ({ version: each.VersionNumber ?? 0, description: each.VersionDescription ?? '' }))
        .toSorted((a, b) => b.version - a.version);
    },

    async image(id: string, version: number): Promise<string> {
      const what = `could not read the image of launch template ${id} version ${version}`;
      const answer = await call(what, () =>
        client.send(
          new DescribeLaunchTemplateVersionsCommand({
            LaunchTemplateId: id,
            Versions: [String(version)],
            ResolveAlias: true,
          }),
        ),
      );
      const image = answer.LaunchTemplateVersions?.[0]?.LaunchTemplateData?.ImageId;
      if (image) return image;
      throw new HoldfastError('AwsFailed', `${what}: found none; deploy the service's stack again`);
    },

    async pin({ id, source, imageId, description, token }: Pin): Promise<number> {
      const what = `could not pin a version of launch template ${id}`;
      const answer = await call(what, () =>
        client.send(
          new CreateLaunchTemplateVersionCommand({
            LaunchTemplateId: id,
            SourceVersion: String(source),
            VersionDescription: description,
            LaunchTemplateData: { ImageId: imageId },
            ClientToken: token,
          }),
        ),
      );
      const version = answer.LaunchTemplateVersion?.VersionNumber;
      if (version) return version;
      throw new HoldfastError('AwsFailed', `${what}: the answer holds no number; deploy again`);
    },

    async delete(id: string, version: number): Promise<void> {
      const what = `could not delete version ${version} of launch template ${id}`;
      const answer = await call(what, () =>
        client.send(
          new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: id, Versions: [String(version)] }),
        ),
      );
      const error = answer.UnsuccessfullyDeletedLaunchTemplateVersions?.[0]?.ResponseError;
      if (!error || gone.includes(error.Code ?? '')) return;
      throw new HoldfastError('AwsFailed', `${what}: ${error.Code}: ${error.Message}`);
    },
  };
}
