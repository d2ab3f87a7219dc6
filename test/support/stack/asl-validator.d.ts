/** The package states its types in a place that this module resolution does not look at. */
declare module 'asl-validator' {
  export default function validate(definition: unknown): { isValid: boolean; errors: unknown[] };
}
