export declare const postgresPackage: string;
export declare function preparePostgres(root: string): string | undefined;
