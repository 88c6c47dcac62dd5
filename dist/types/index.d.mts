export { type ErrorCode, SealwardError } from './core/errors.mjs';
export interface LoadOptions {
    /** The encrypted file. Default: `.env.encrypted`, relative to the working directory. */
    readonly file?: string;
    /** An age identity (`AGE-SECRET-KEY-...`, several a line). Default: looked for where the command looks: SEALWARD_KEY, key files, ... */
    readonly identity?: string;
    /** How values are read that sops encrypted with their quotes. Default: as sealward.yml says, else `literal`. */
    readonly quotes?: 'literal' | 'dotenv';
}
/**
 * Decrypts a file. Nothing is put into `process.env`.
 *
 * @returns the variables by name
 * @throws SealwardError with a `code`: not-found, no-identity, value-not-authentic, mac-mismatch, ...
 */
export declare function load(options?: LoadOptions): Promise<Record<string, string>>;
/**
 * One secret: from the encrypted file, else from the environment, else the fallback.
 *
 * A file that is there but does not open is an error, with one exception: where no identity is at hand, as in a
 * job that was handed its variables by the Action, the environment answers.
 *
 * @throws SealwardError not-found when it is nowhere and there is no fallback, or what `load` throws
 */
export declare function getSecretOrEnv(name: string, fallback?: string, options?: LoadOptions): Promise<string>;
