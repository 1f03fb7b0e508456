export declare function readWords(words: string[]): { data?: string; service: string; rest: string[] };
export declare function readRunning(data: string, service: string): { settings?: Record<string, string>; fault?: string };
