export declare function findNatsServer(root: string, env?: NodeJS.ProcessEnv): string | undefined;
