import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateResult,
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  DeleteLaunchTemplateVersionsRequest,
  DeleteLaunchTemplateVersionsResult,
  RequestLaunchTemplateData,
  ResponseError,
} from '@aws-sdk/client-ec2';
import type { Clock } from '../../clock.ts';
import { AwsError } from '../error.ts';
import type { Ids } from '../ids.ts';
import { StoredTemplate, type TemplateVersion } from './launch-template.ts';

/** Bytes of user data before base64. */
const mostUserData = 16_384;

/** Launch templates and their versions. */
export class LaunchTemplates {
  readonly #templates = new Map<string, StoredTemplate>();
  /** Requests and their results by client token. */
  readonly #tokens = new Map<string, { request: string; version: TemplateVersion }>();
  readonly #clock: Clock;
  readonly #ids: Ids;

  constructor(clock: Clock, ids: Ids) {
    this.#clock = clock;
    this.#ids = ids;
  }

  create(input: CreateLaunchTemplateRequest): CreateLaunchTemplateResult {
    const name = input.LaunchTemplateName ?? '';
    if (this.all().some((template) => template.name === name))
      throw new AwsError(
        'InvalidLaunchTemplateName.AlreadyExistsException',
        `Launch template name already in use: ${name}`,
      );
    const tags = (input.TagSpecifications ?? []).flatMap(({ Tags }) => Tags ?? []);
    const template = new StoredTemplate(this.#ids.resource('lt'), name, this.#clock.now(), tags);
    this.#add(template, input.VersionDescription, input.LaunchTemplateData ?? {});
    this.#templates.set(template.id, template);
    return { LaunchTemplate: template.describe() };
  }

  createVersion(input: CreateLaunchTemplateVersionRequest): CreateLaunchTemplateVersionResult {
    const template = this.find(input);
    const { ClientToken: token, ...rest } = input;
    const request = JSON.stringify(rest);
    const known = token === undefined ? undefined : this.#tokens.get(token);
    if (known && known.request !== request)
      throw new AwsError(
        'IdempotentParameterMismatch',
        `Client token ${token} was used with other parameters.`,
      );
    const version = known?.version ?? this.#newVersion(template, input);
    if (token !== undefined) this.#tokens.set(token, { request, version });
    return { LaunchTemplateVersion: template.describeVersion(version) };
  }

  deleteVersions(input: DeleteLaunchTemplateVersionsRequest): DeleteLaunchTemplateVersionsResult {
    const template = this.find(input);
    const result: Required<DeleteLaunchTemplateVersionsResult> = {
      SuccessfullyDeletedLaunchTemplateVersions: [],
      UnsuccessfullyDeletedLaunchTemplateVersions: [],
    };
    for (const number of (input.Versions ?? []).map(Number)) {
      const about = {
        LaunchTemplateId: template.id,
        LaunchTemplateName: template.name,
        VersionNumber: number,
      };
      const deleted = number !== template.default && template.versions.delete(number);
      if (deleted) result.SuccessfullyDeletedLaunchTemplateVersions?.push(about);
      else
        result.UnsuccessfullyDeletedLaunchTemplateVersions?.push({
          ...about,
          ResponseError: whyKept(number, template.default),
        });
    }
    return result;
  }

  all(): StoredTemplate[] {
    return [...this.#templates.values()];
  }

  /** By id or name. */
  find(by: {
    LaunchTemplateId?: string | undefined;
    LaunchTemplateName?: string | undefined;
  }): StoredTemplate {
    const { LaunchTemplateId: id, LaunchTemplateName: name } = by;
    const template = this.all().find((known) => (id === undefined ? known.name === name : known.id === id));
    if (template) return template;
    throw new AwsError(
      id === undefined ? 'InvalidLaunchTemplateName.NotFoundException' : 'InvalidLaunchTemplateId.NotFound',
      `The specified launch template, ${id ?? name}, does not exist.`,
    );
  }

  #newVersion(template: StoredTemplate, input: CreateLaunchTemplateVersionRequest): TemplateVersion {
    const source = input.SourceVersion === undefined ? {} : template.version(input.SourceVersion).data;
    return this.#add(template, input.VersionDescription, { ...source, ...input.LaunchTemplateData });
  }

  #add(
    template: StoredTemplate,
    description: string | undefined,
    data: RequestLaunchTemplateData,
  ): TemplateVersion {
    if (Buffer.from(data.UserData ?? '', 'base64').length > mostUserData)
      throw new AwsError('InvalidUserData.Malformed', 'User data is limited to 16384 bytes');
    return template.add({ description, data, at: this.#clock.now() });
  }
}

/** Reason why a version was not deleted. Of the documented codes only the last one fits the default version. */
function whyKept(number: number, standard: number): ResponseError {
  return number === standard
    ? { Code: 'unexpectedError', Message: `version ${number} is the default version` }
    : { Code: 'launchTemplateVersionDoesNotExist', Message: `version ${number}` };
}
