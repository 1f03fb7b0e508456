export interface Holder {
  pid: number;
  started: string;
}
export declare class Lock {
  adopt(pid: number): void;
  disown(pid: number): void;
  release(): void;
}
export declare function tryLock(file: string): Lock | { holder: Holder };
export declare function waitForLock(file: string, onWait: (holder: Holder) => void): Promise<Lock>;
export declare function isAlive(holder: Holder): boolean;
