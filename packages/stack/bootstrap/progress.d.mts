export declare class Progress {
  constructor(options: { total: number; done?: number; stream?: NodeJS.WritableStream & { isTTY?: boolean; fd?: number } });
  step(name: string): void;
  say(line: string): void;
  close(): void;
}
export declare function bar(step: number, total: number): string;
