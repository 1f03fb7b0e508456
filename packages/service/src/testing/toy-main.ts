import 'reflect-metadata';
import { runService } from '../run.ts';
import { toys } from './toy-service.ts';

await runService(toys);
