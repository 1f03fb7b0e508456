import { runService } from '@atende/service';
import { attachments } from './service.ts';

await runService(attachments);
