import { arn, type Created, generatedName, type Place, type Properties } from '../resource.ts';

/** AWS::StepFunctions::StateMachine */
export function stateMachine(properties: Properties, place: Place): Created {
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
