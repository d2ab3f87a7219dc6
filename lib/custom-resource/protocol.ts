import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { messageOf, nameOf } from '../release/errors.ts';

/** What CloudFormation asks of a custom resource. `old` are the properties before an update. */
export interface ResourceRequest {
  type: 'Create' | 'Update' | 'Delete';
  properties: unknown;
  old?: unknown;
}

/** What the resource is now: its id for life, and the attributes that a template may read. */
interface ResourceState {
  id: string;
  attributes?: Record<string, string>;
}

/** Carries out a request; throws when it cannot. Doing it twice is fine. */
export type Resource = (request: ResourceRequest) => Promise<ResourceState>;

/** CloudFormation takes no longer answer than 4 KB. */
const longestReason = 2_000;

/** A Lambda handler for a custom resource. The answer goes to the address that came with the event. */
export function onCloudFormation(resource: Resource) {
  return async (event: CloudFormationCustomResourceEvent): Promise<void> => {
    await answer(event, await outcome(resource, event));
  };
}

type Outcome = Pick<CloudFormationCustomResourceResponse, 'Status' | 'PhysicalResourceId' | 'Data'> & {
  Reason?: string;
};

async function outcome(resource: Resource, event: CloudFormationCustomResourceEvent): Promise<Outcome> {
  try {
    const { id, attributes = {} } = await resource({
      type: event.RequestType,
      properties: event.ResourceProperties,
      ...('OldResourceProperties' in event && { old: event.OldResourceProperties }),
    });
    return { Status: 'SUCCESS', PhysicalResourceId: id, Data: attributes };
  } catch (error) {
    const reason = `${nameOf(error, 'AwsFailed')}: ${messageOf(error)}`;
    return { Status: 'FAILED', PhysicalResourceId: idOf(event), Reason: reason.slice(0, longestReason) };
  }
}

/** A resource whose creation failed has no id yet, and CloudFormation deletes it by the one it is told. */
function idOf(event: CloudFormationCustomResourceEvent): string {
  return 'PhysicalResourceId' in event ? event.PhysicalResourceId : `failed-${event.LogicalResourceId}`;
}

async function answer(event: CloudFormationCustomResourceEvent, outcome: Outcome): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const body = JSON.stringify({ ...outcome, StackId, RequestId, LogicalResourceId });
  // Bytes, not text: the address is signed for a request without a content type.
  const response = await fetch(event.ResponseURL, { method: 'PUT', body: Buffer.from(body) });
  if (!response.ok) throw new Error(`CloudFormation took no answer: ${response.status}`);
}
