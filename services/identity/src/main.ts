import { runService } from '@atende/service';
import { identity } from './service.ts';

await runService(identity);
