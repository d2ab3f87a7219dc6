import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

/** AWS::Logs::LogGroup */
export function logGroup(properties: Properties, place: ResourceContext): Created {
  const logGroupName = String(properties.LogGroupName ?? generatedName(place, 512));
  place.world.logs.createLogGroup({ logGroupName });
  return { ref: logGroupName, attributes: { Arn: arn(place, 'logs', `log-group:${logGroupName}:*`) } };
}
