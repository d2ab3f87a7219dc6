import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse } from 'aws-lambda';
import { messageOf, nameOf } from '../release/errors.ts';

/** A resource to be there. `old` are the properties before an update. */
interface WantedResource {
  type: 'Create' | 'Update';
  properties: unknown;
  old?: unknown;
}

/** A resource to be gone; why is the stack's to say. */
export interface DeletedResource {
  type: 'Delete';
  properties: unknown;
  /** Id of the stack. */
  stack: string;
  logicalId: string;
  /** What the resource said that it is; of one whose creation failed an id that nothing has. */
  id: string;
}

/** What CloudFormation asks of a custom resource. */
export type ResourceRequest = WantedResource | DeletedResource;

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
    const { id, attributes = {} } = await resource(requestOf(event));
    return { Status: 'SUCCESS', PhysicalResourceId: id, Data: attributes };
  } catch (error) {
    const reason = `${nameOf(error, 'AwsFailed')}: ${messageOf(error)}`;
    return { Status: 'FAILED', PhysicalResourceId: idOf(event), Reason: reason.slice(0, longestReason) };
  }
}

/** The event in the resource's own words. */
export function requestOf(event: CloudFormationCustomResourceEvent): ResourceRequest {
  const { ResourceProperties: properties } = event;
  if (event.RequestType === 'Create') return { type: 'Create', properties };
  if (event.RequestType === 'Update') return { type: 'Update', properties, old: event.OldResourceProperties };
  const { StackId: stack, LogicalResourceId: logicalId, PhysicalResourceId: id } = event;
  return { type: 'Delete', properties, stack, logicalId, id };
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
