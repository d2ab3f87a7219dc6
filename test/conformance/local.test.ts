import { local } from './local.ts';
import { tellStories } from './tell-stories.ts';

tellStories(local);
