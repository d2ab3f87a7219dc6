import { randomUUID } from 'node:crypto';
import { HoldfastError, messageOf } from '../../../release/errors.ts';
import type { Created, Properties, ResourceContext } from '../resource.ts';

/** How long a handler has when its resource does not say so. CloudFormation gives an hour, a rehearsal has not the time. */
const standardSeconds = 60;
const mostSeconds = 120;

/** A custom resource: its function gets the request that CloudFormation sends, and answers to a real url. */
export async function customResource(properties: Properties, place: ResourceContext): Promise<Created> {
  const { ServiceToken, ServiceTimeout = standardSeconds, ...given } = properties;
  const seconds = Math.min(Number(ServiceTimeout), mostSeconds);
  const response = place.responses.expect(seconds);
  const request = {
    RequestType: 'Create',
    ResponseURL: response.url,
    StackId: place.stack.id,
    RequestId: randomUUID(),
    ResourceType: place.type,
    LogicalResourceId: place.logicalId,
    ResourceProperties: asText({ ServiceToken, ...given }),
  };
  const invoked = place.functions.invoke(String(ServiceToken), request);
  const answer = await Promise.race([response.body, invoked.then(() => response.body)]).catch(
    (error: unknown) => {
      throw resourceFailed(place, messageOf(error));
    },
  );
  if (answer.Status !== 'SUCCESS') throw resourceFailed(place, answer.Reason ?? 'no reason given');
  return { ref: answer.PhysicalResourceId ?? place.logicalId, attributes: answer.Data ?? {} };
}

function resourceFailed({ stack, logicalId, type }: ResourceContext, why: string): HoldfastError {
  return new HoldfastError(
    'AwsFailed',
    `stack ${stack.name}: custom resource ${logicalId} (${type}) was not created: ${why}`,
  );
}

/** CloudFormation hands numbers and booleans to custom resources as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, asText(inside)]));
}
