import {
  DescribeInstancesCommand,
  type EC2Client,
  GetConsoleOutputCommand,
  type Instance,
} from '@aws-sdk/client-ec2';
import { tags } from '../config/resource-names.ts';
import { allPages, call, callUnless } from './call.ts';

export interface FoundInstance {
  id: string;
  /** Name of its Auto Scaling group. */
  group: string | undefined;
  /** `pending`, `running`, `shutting-down`, `terminated`, ... */
  state: string;
  /** Why it ends or ended: `Client.InternalError: Client error on launch`, ... */
  reason?: string;
}

/** A deployment by its names. */
export interface NamedDeployment {
  environment: string;
  service: string;
  deployment: string;
}

/** EC2 instances. */
export interface Instances {
  /**
   * Instances that a deployment launched, including those that ended within the last hour. Another service, or another
   * environment of the account, may have a deployment of the same name.
   */
  ofDeployment(deployment: NamedDeployment): Promise<FoundInstance[]>;
  /** Output of the console, newest last; empty when there is none (yet). */
  console(id: string): Promise<string>;
}

/** Instances through the SDK's client. */
export function ec2Instances(client: EC2Client): Instances {
  function bootConsole(id: string) {
    return call(`could not read the console of ${id}`, () =>
      client.send(new GetConsoleOutputCommand({ InstanceId: id })),
    );
  }

  return {
    async ofDeployment({ environment, service, deployment }): Promise<FoundInstance[]> {
      const filters = [
        { Name: `tag:${tags.environment}`, Values: [environment] },
        { Name: `tag:${tags.service}`, Values: [service] },
        { Name: `tag:${tags.deployment}`, Values: [deployment] },
      ];
      const reservations = await allPages(async (token) => {
        const answer = await call(`could not list the instances of deployment ${deployment}`, () =>
          client.send(new DescribeInstancesCommand({ Filters: filters, NextToken: token })),
        );
        return { items: answer.Reservations, next: answer.NextToken };
      });
      return reservations.flatMap((reservation) => reservation.Instances ?? []).map(toFoundInstance);
    },

    async console(id: string): Promise<string> {
      // Only some instance types show their newest lines; all show those of the boot.
      const newest = await callUnless(['UnsupportedOperation'], `could not read the console of ${id}`, () =>
        client.send(new GetConsoleOutputCommand({ InstanceId: id, Latest: true })),
      );
      const answer = newest ?? (await bootConsole(id));
      return Buffer.from(answer.Output ?? '', 'base64').toString();
    },
  };
}

function toFoundInstance(instance: Instance): FoundInstance {
  const reason = instance.StateReason?.Message;
  return {
    id: instance.InstanceId ?? '',
    group: instance.Tags?.find((tag) => tag.Key === 'aws:autoscaling:groupName')?.Value,
    state: instance.State?.Name ?? 'unknown',
    // Empty for one that nothing has ended.
    ...(reason && { reason }),
  };
}
