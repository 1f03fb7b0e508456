import { checkService } from '@atende/service/testing';
import { attachments } from './service.ts';

checkService(attachments);
