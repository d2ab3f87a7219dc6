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

/** Somebody gives traffic to another target group while nothing is deployed. */
const moveWeights: ChaosAction = ({ simulation }, { pick, amount }) => {
  const { balancer } = simulation.truth.settings;
  if (!balancer || simulation.truth.journal?.state !== 'closed') return undefined;
  const groups = Object.values(balancer.targetGroups);
  const all = choose(groups, pick) ?? '';
  // Always some to each but one, which would change nothing where all is on that one.
  const weight = interpolate(0, 99, amount);
  simulation.moveWeights(new Map(groups.map((group) => [group, group === all ? 100 : 100 - weight])));
  return 'weights moved by hand';
};

/** Acts of people on records and rules. */
export const records = { garble, 'move weights': moveWeights } satisfies Record<string, ChaosAction>;
