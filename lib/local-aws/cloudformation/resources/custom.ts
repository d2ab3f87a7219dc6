import { randomUUID } from 'node:crypto';
import { HoldfastError, messageOf } from '../../../release/errors.ts';
import type { Created, Properties, ResourceContext } from '../resource.ts';

/** Time-out of a handler when its resource states none. CloudFormation's hour is too long for a rehearsal. */
const standardSeconds = 60;
const mostSeconds = 120;

/** A custom resource: its function gets CloudFormation's request and sends its answer to a real URL. */
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

/** CloudFormation passes numbers and booleans to custom resources as text. */
function asText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asText);
  if (value === null || typeof value !== 'object') return String(value);
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, asText(inside)]));
}
