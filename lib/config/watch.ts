import * as z from 'zod';

/** A path that systemd accepts in a unit file without quoting. */
const pathSchema = z
  .string()
  .max(255)
  .regex(
    /^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._@:+=,%~-]+)+$/,
    'an absolute path of letters, digits and . _ @ : + = , % ~ -, without "//", "." and ".." and without a "/" at its end',
  );

const unitSchema = z
  .string()
  .max(200)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9:_.@\\-]*\.service$/, 'a service unit such as site.service');

export const watchSchema = z.strictObject({
  paths: z.array(pathSchema).min(1).max(20).meta({
    description: 'Files and folders. Of a folder the files in it, not those in folders below it.',
  }),
  unit: unitSchema.meta({ description: 'systemd unit of the service that reads them.' }),
  action: z
    .enum(['restart', 'reload'])
    .default('restart')
    .meta({ description: 'What the service needs to see a change. Default: restart.' }),
});
/** Files whose change restarts or reloads a service. */
export type Watch = z.infer<typeof watchSchema>;
