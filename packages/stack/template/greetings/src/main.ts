import { runService } from '@atende/service';
import { greetings } from './service.ts';

await runService(greetings);
