import * as z from 'zod';

// Zod compiles a function for each schema when it first parses with it. A run parses with each once or twice, so that never
// pays. The setting applies to schemas that are made after it.
z.config({ jitless: true });
