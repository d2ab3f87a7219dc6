import { moto } from '../moto.ts';
import { tellStories } from '../tell-stories.ts';

/** Only some verbs are beyond moto. */
tellStories(moto, ['groups.launchFailures', 'lifecycle.complete', 'lifecycle.heartbeat', 'templates.delete']);
