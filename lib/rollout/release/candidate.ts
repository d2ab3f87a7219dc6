import { fleetName, parameterNames, tags } from '../../config/resource-names.ts';
import { type Colour, candidateColour } from '../../release/colour.ts';
import { formatParameterVersion } from '../../release/parameter-version.ts';
import { type DeployedRecord, formatRecord } from '../../release/record.ts';
import type { JournalOwner } from '../actions/ownership.ts';
import { newestRecord, type Recorded } from '../actions/settings.ts';
import type { StepContext } from '../actions/step-context.ts';
import { recordedFleet } from '../decisions/recorded-fleet.ts';
import { shortDigest } from '../digest.ts';
import { type Decided, decideRelease, type Request } from './decide-release.ts';

type CandidateNeeds = StepContext<'parameters' | 'groups' | 'refs'>;

/**
 * Writes the release as the candidate colour's record, and notes the candidate in the journal. `early` was decided
 * before the journal was taken: it holds unless something was recorded since.
 */
export async function noteCandidate(
  deps: CandidateNeeds,
  owner: JournalOwner,
  request: Request,
  early: Decided | undefined,
): Promise<void> {
  const { input, settings } = request;
  const recorded = await newestRecord(deps, input.service, owner.journal.deployed);
  if (recorded) await owner.note((journal) => ({ ...journal, deployed: recorded.version }));
  const holds = early !== undefined && early.recorded?.version === recorded?.version;
  const { resolved } = holds ? early : await decideRelease(deps, request, recorded);
  const colour = candidateColour(await servingColour(deps, input.service, recorded));
  const { since, by } = owner.journal;
  const id = shortDigest(request.event.execution, since);
  const fleet = fleetName(deps.environment, input.service, colour, id);
  const version = await writeRecord(deps, owner, {
    schema: 1,
    ...resolved,
    colour,
    fleet,
    settings: settings.version,
    deployment: request.event.deployment,
    by,
    at: new Date(deps.now()).toISOString(),
    ...(input.reason !== undefined && { reason: input.reason }),
  });
  const record = formatParameterVersion({ name: colourName(deps, input.service, colour), version });
  await owner.note((journal) => ({
    ...journal,
    candidate: { colour, fleet, record, settings: settings.version },
  }));
}

async function writeRecord(
  deps: CandidateNeeds,
  owner: JournalOwner,
  record: DeployedRecord & { colour: Colour },
): Promise<number> {
  const name = colourName(deps, owner.journal.service, record.colour);
  const value = formatRecord(record, `parameter ${name}`);
  return owner.act(() => deps.parameters.put(name, value));
}

function colourName(deps: CandidateNeeds, service: string, colour: Colour): string {
  return parameterNames(deps.environment, service)[colour];
}

/** Colour of the recorded fleet. If the record names none, the fleet's tag tells. */
async function servingColour(
  deps: CandidateNeeds,
  service: string,
  recorded: Recorded | undefined,
): Promise<Colour | undefined> {
  if (!recorded || recorded.record.colour) return recorded?.record.colour;
  const fleets = await deps.groups.list(deps.environment, service);
  const colour = recordedFleet(recorded.record, fleets, undefined)?.tags[tags.colour];
  return colour === 'blue' || colour === 'green' ? colour : undefined;
}
