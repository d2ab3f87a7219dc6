import { boot } from '../../lambda/boot.ts';
import { checkDrained } from '../../lambda/check-drained.ts';
import { checkHealth } from '../../lambda/check-health.ts';
import { checkInService } from '../../lambda/check-in-service.ts';
import { checkTerminated } from '../../lambda/check-terminated.ts';
import { close } from '../../lambda/close.ts';
import { drain } from '../../lambda/drain.ts';
import { evidence } from '../../lambda/evidence.ts';
import { prepare } from '../../lambda/prepare.ts';
import { record } from '../../lambda/record.ts';
import { register } from '../../lambda/register.ts';
import { restore } from '../../lambda/restore.ts';
import { shift } from '../../lambda/shift.ts';
import { sweep } from '../../lambda/sweep.ts';
import { takeOver } from '../../lambda/take-over.ts';
import { terminate } from '../../lambda/terminate.ts';
import type { Adapters } from '../rollout/actions/step-context.ts';
import type { Step } from '../rollout/contract.ts';

export type StepFunction = (event: never, deps: Adapters) => Promise<unknown>;

/** The steps of the workflow as plain functions, without Lambda. */
export const steps: Record<Step, StepFunction> = {
  prepare,
  boot,
  'check-health': checkHealth,
  register,
  'check-in-service': checkInService,
  shift,
  record,
  restore,
  drain,
  'check-drained': checkDrained,
  terminate,
  'check-terminated': checkTerminated,
  close,
  'take-over': takeOver,
  evidence,
  sweep,
};
