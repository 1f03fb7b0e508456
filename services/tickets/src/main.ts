import { runService } from '@atende/service';
import { tickets } from './service.ts';

await runService(tickets);
