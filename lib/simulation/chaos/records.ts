import { parameterNames } from '../../config/resource-names.ts';
import { type ChaosAction, choose, interpolate } from './stage.ts';

const garbage = ['{', 'null', '{"schema":2,"release":{}}', '{"schema":1}'] as const;

/** Somebody writes garbage into `deployed`, and restores its former value after a while. */
const garble: ChaosAction = ({ simulation: { world, truth, time } }, { pick, amount }) => {
  const name = parameterNames(truth.environment, truth.service).deployed;
  const read = () => world.ssm.getParameter({ Name: name }).Parameter;
  const known = truth.deployed;
  if (!known || read()?.Version !== known.version) return undefined;
  const former = read()?.Value;
  const Value = choose(garbage, pick);
  world.ssm.putParameter({ Name: name, Value, Overwrite: true });
  time.after(interpolate(1_000, 120_000, amount), () => {
    if (read()?.Value === Value) world.ssm.putParameter({ Name: name, Value: former, Overwrite: true });
  });
  return 'record in garbage';
};

/** Acts of people on records. */
export const records = { garble } satisfies Record<string, ChaosAction>;
