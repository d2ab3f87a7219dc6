import { arn, type Created, generatedName, type Properties, type ResourceContext } from '../resource.ts';

/** AWS::StepFunctions::StateMachine */
export function stateMachine(properties: Properties, place: ResourceContext): Created {
  const { StateMachineName, DefinitionString, Definition } = properties;
  const name = String(StateMachineName ?? generatedName(place, 80));
  const definition = String(DefinitionString ?? JSON.stringify(Definition));
  const roleArn = String(properties.RoleArn);
  const { stateMachineArn } = place.world.stepFunctions.createStateMachine({ name, definition, roleArn });
  return {
    ref: stateMachineArn ?? arn(place, 'states', name),
    attributes: { Arn: stateMachineArn, Name: name },
  };
}
