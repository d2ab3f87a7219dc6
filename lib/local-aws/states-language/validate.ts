import validate from 'asl-validator';
import { HoldfastError } from '../../release/errors.ts';

/** Refuses a definition that Step Functions would refuse: a missing, unreachable or misspelt state. */
export function checkDefinition(name: string, definition: string): void {
  const { isValid, errors } = validate(JSON.parse(definition));
  if (isValid) return;
  throw new HoldfastError(
    'InvalidInput',
    `state machine ${name}: its definition is refused (${errors.map(describeProblem).join('; ')}); synthesise it again`,
  );
}

function describeProblem(error: unknown): string {
  const { Message, message } = error as { Message?: string; message?: string };
  return Message ?? message ?? JSON.stringify(error);
}
