import { ErrorCode } from '@atende/service/process';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import type { Operation } from './document.ts';
import { operationMetrics } from './operation-metrics.ts';

const operation = (name: string | undefined, type = 'query') => ({ name, node: { operation: type } }) as Operation;
const error = (code: ErrorCode) => ({ message: '', extensions: { code, requestId: '' } });

async function counted(count: (metrics: ReturnType<typeof operationMetrics>) => void): Promise<string[]> {
  const registry = new Registry();
  count(operationMetrics(registry));
  const lines = (await registry.metrics()).split('\n');
  return lines.filter((line) => /_count|_errors_total\{/.test(line)).map((line) => line.replace(/^atende_gateway_operation_/, ''));
}

describe('operations are counted', () => {
  it('by the name and type of each, with an error of each code once', async () => {
    const boxes = operation('Boxes');
    const lines = await counted(({ answered }) => {
      answered(boxes, 0.01, undefined);
      answered(boxes, 0.01, [error(ErrorCode.INTERNAL), error(ErrorCode.INTERNAL), error(ErrorCode.NOT_FOUND)]);
      answered(operation('Boxes'), 0.01, []);
      answered(operation(undefined, 'mutation'), 0.01, undefined);
      answered(null, 0.01, [error(ErrorCode.TOO_COMPLEX)]);
    });
    expect(lines.sort()).toEqual([
      'errors_total{operation="Boxes",code="INTERNAL"} 1',
      'errors_total{operation="Boxes",code="NOT_FOUND"} 1',
      'errors_total{operation="refused",code="TOO_COMPLEX"} 1',
      'seconds_count{operation="Boxes",type="query"} 3',
      'seconds_count{operation="anonymous",type="mutation"} 1',
      'seconds_count{operation="refused",type="unknown"} 1',
    ]);
  });

  it('under a hundred names at most, however many clients make up, and none of them long', async () => {
    const lines = await counted(({ answered }) => {
      answered(operation('x'.repeat(65)), 0.01, undefined);
      for (let index = 0; index < 500; index += 1) answered(operation(`Made${index}`), 0.01, undefined);
      answered(operation('Made7'), 0.01, undefined);
    });
    expect(lines).toHaveLength(102);
    expect(lines).toContain('seconds_count{operation="Made7",type="query"} 2');
    expect(lines).toContain('seconds_count{operation="other",type="query"} 401');
  });
});
