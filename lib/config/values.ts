import * as z from 'zod';

const encryptionKey = z
  .string()
  .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, 'the ARN of a KMS key')
  .optional()
  .meta({
    description:
      "ARN of the customer's KMS key that encrypts it. Default: the AWS managed key, which needs no right.",
  });

const plainSchema = z.strictObject({
  value: z
    .string()
    .max(1024)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'text without control characters')
    .meta({ description: 'The value itself; no secret, it stands in the settings.' }),
});

const parameterSchema = z.strictObject({
  parameter: z
    .string()
    .max(512)
    .regex(/^(\/[A-Za-z0-9._-]+)+$/, 'the name of a parameter, starting with "/"')
    .meta({ description: 'Name of a parameter of Parameter Store, encrypted or not.' }),
  encryptionKey,
});

const secretSchema = z.strictObject({
  secret: z
    .string()
    .max(512)
    .regex(/^[A-Za-z0-9/_+=.@:-]+$/, 'the name or ARN of a secret')
    .meta({ description: 'Name or ARN of a secret in Secrets Manager.' }),
  key: z.string().min(1).max(256).optional().meta({
    description: 'Which value of a secret that is a JSON object. Default: the whole secret.',
  }),
  encryptionKey,
});

export const valueSchema = z.union([plainSchema, parameterSchema, secretSchema]);
/** Where the value of an environment variable comes from. */
export type Value = z.infer<typeof valueSchema>;

const variableSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'a variable name of letters, digits and "_"');

export const valuesSchema = z.record(variableSchema, valueSchema);
