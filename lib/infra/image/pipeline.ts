import { createHash } from 'node:crypto';
import { Stack } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import {
  CfnComponent,
  CfnDistributionConfiguration,
  CfnImagePipeline,
  CfnImageRecipe,
  CfnInfrastructureConfiguration,
} from 'aws-cdk-lib/aws-imagebuilder';
import { Construct } from 'constructs';
import type { Image } from '../../config/image.ts';
import { parameterNames, tags } from '../../config/resource-names.ts';
import { bakeDocument } from './component.ts';

export interface PipelineProps {
  environment: string;
  service: string;
  parent: Image;
  schedule: string | undefined;
  instanceType: string;
  /** Boot script with the init information. */
  script: string;
  /** Name of the builder's instance profile. */
  profile: string;
  subnet: string;
  securityGroup: string;
  /** Role of Image Builder. */
  execution: IRole;
}

/** Recipes and components never change: other content makes a new one, with the digest in its name. */
const version = '1.0.0';

/** Builds an image of a service and writes its id to the parameter `image`. */
export class Pipeline extends Construct {
  /** Name of the recipe, and so of the images. */
  readonly recipe: string;

  constructor(scope: Construct, id: string, props: PipelineProps) {
    super(scope, id);
    const name = `holdfast-${props.environment}-${props.service}`;
    const data = bakeDocument(name, props.script);
    this.recipe = `${name}-${digest([data, props.parent])}`;
    const component = new CfnComponent(this, 'component', {
      name: this.recipe,
      version,
      platform: 'Linux',
      data,
    });
    const recipe = new CfnImageRecipe(this, 'recipe', {
      name: this.recipe,
      version,
      parentImage: 'id' in props.parent ? props.parent.id : `ssm:${props.parent.parameter}`,
      components: [{ componentArn: component.attrArn }],
    });
    new CfnImagePipeline(this, 'pipeline', {
      name,
      imageRecipeArn: recipe.attrArn,
      infrastructureConfigurationArn: this.infrastructure(name, props).attrArn,
      distributionConfigurationArn: this.distribution(name, props).attrArn,
      executionRole: props.execution.roleArn,
      imageTestsConfiguration: { imageTestsEnabled: false },
      ...(props.schedule && { schedule: { scheduleExpression: props.schedule } }),
    });
  }

  private infrastructure(name: string, props: PipelineProps): CfnInfrastructureConfiguration {
    return new CfnInfrastructureConfiguration(this, 'infrastructure', {
      name,
      instanceProfileName: props.profile,
      instanceTypes: [props.instanceType],
      subnetId: props.subnet,
      securityGroupIds: [props.securityGroup],
      instanceMetadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1 },
      terminateInstanceOnFailure: true,
    });
  }

  private distribution(name: string, { environment, service }: PipelineProps): CfnDistributionConfiguration {
    return new CfnDistributionConfiguration(this, 'distribution', {
      name,
      distributions: [
        {
          region: Stack.of(this).region,
          amiDistributionConfiguration: {
            Name: `${name}-{{ imagebuilder:buildDate }}`,
            AmiTags: { [tags.environment]: environment, [tags.service]: service },
          },
          ssmParameterConfigurations: [
            { parameterName: parameterNames(environment, service).image, dataType: 'aws:ec2:image' },
          ],
        },
      ],
    });
  }
}

function digest(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}
