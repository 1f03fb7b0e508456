import { checkService } from '@atende/service/testing';
import { knowledge } from './service.ts';

checkService(knowledge);
