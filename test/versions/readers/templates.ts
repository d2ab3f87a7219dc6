import { everything } from '../../support/stack/everything.ts';
import { appOf, type TemplateJson, templatesOf } from '../../support/stack/example.ts';
import { changes } from '../../support/stack/update.ts';
import { withoutDigests } from '../../support/stack/without-digests.ts';
import { type Readers, readersOf } from './readers.ts';

/** A resource of each template, with its type. */
const templates: Record<string, [id: string, type: string]> = {
  'holdfast-test-image-web.json': ['imagespipelineF2B78C62', 'AWS::ImageBuilder::ImagePipeline'],
  'holdfast-test-network.json': ['balancerproductionD3AD4D23', 'AWS::ElasticLoadBalancingV2::Listener'],
  'holdfast-test-rollout.json': ['rolloutmachine6FFB1CB0', 'AWS::StepFunctions::StateMachine'],
  'holdfast-test-service-web.json': ['rulesresource5D5A7DCA', 'Custom::HoldfastListenerRules'],
  'holdfast-test-service-worker.json': ['settingsparameter44E874CC', 'AWS::SSM::Parameter'],
  'holdfast-test-store.json': ['bucket43879C71', 'AWS::S3::Bucket'],
};

/** The stacks of the same environment as this version makes them. */
const present = withoutDigests(templatesOf(appOf(everything))) as Record<string, TemplateJson>;

/** An update of a stack that 0.1.0 made to what this version makes: nothing goes and nothing is replaced. */
export const templateReaders: Readers = readersOf('templates', templates, (text, [id, type], path) => {
  const before: TemplateJson = JSON.parse(text);
  const after = present[path.replace(/^templates\/|\.json$/g, '')] ?? { Resources: {} };
  const harmful = changes(before, after).filter(({ does }) => does !== 'add' && does !== 'change');
  expect(before.Resources[id]?.Type).toBe(type);
  expect(harmful.map(({ id, does, properties }) => `${does} ${id} ${properties}`)).toEqual([]);
});
