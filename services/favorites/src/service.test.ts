import { checkService } from '@atende/service/testing';
import { favorites } from './service.ts';

checkService(favorites);
