import { runService } from '@atende/service';
import { knowledge } from './service.ts';

await runService(knowledge);
