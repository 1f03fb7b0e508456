import { runService } from '@atende/service';
import { favorites } from './service.ts';

await runService(favorites);
