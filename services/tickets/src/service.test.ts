import { checkService } from '@atende/service/testing';
import { tickets } from './service.ts';

checkService(tickets as never);
