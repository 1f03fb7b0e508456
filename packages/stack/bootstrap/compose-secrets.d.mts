export declare function fillIn(example: string, given: string, password?: () => string): string;
