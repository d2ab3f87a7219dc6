import * as z from 'zod';

export const imageSchema = z.union([
  z.strictObject({
    id: z
      .string()
      .regex(/^ami-[0-9a-f]{8,17}$/, 'an image id such as ami-0123456789abcdef0')
      .meta({ description: 'A fixed image.' }),
  }),
  z.strictObject({
    parameter: z
      .string()
      .regex(/^\/[A-Za-z0-9/._-]+$/, 'the name of a parameter, starting with "/"')
      .meta({ description: 'A parameter that holds the image id; read once a deployment.' }),
  }),
]);
export type Image = z.infer<typeof imageSchema>;

/** Amazon Linux 2023, kept current by AWS under a public parameter. */
export const defaultImage: Image = {
  parameter: '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64',
};
