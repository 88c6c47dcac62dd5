/**
 * Every way in which Sealward can refuse. The list is closed: a face maps each code to an exit status and nothing else
 * decides one. A code is stable across releases; a message is not.
 */
export type ErrorCode = 'usage' | 'not-found' | 'exists' | 'io' | 'locked' | 'limit' | 'dotenv-syntax' | 'name-invalid' | 'not-representable' | 'duplicate' | 'malformed' | 'unsupported' | 'plaintext-value' | 'no-recipients' | 'recipient-invalid' | 'identity-invalid' | 'no-identity' | 'value-not-authentic' | 'mac-mismatch' | 'removal-refused' | 'signature-missing' | 'signature-invalid' | 'signer-unknown' | 'policy-invalid' | 'schema-mismatch' | 'name-denied' | 'untrusted' | 'locked-down' | 'git' | 'editor' | 'token-refused' | 'permission' | 'read-only' | 'rate-limited' | 'unavailable' | 'interrupted' | 'internal';
/** What to do next, said in one line, and where in the input the fault lies. Neither ever holds a secret. */
export interface ErrorDetail {
    readonly hint?: string;
    readonly file?: string;
    readonly line?: number;
}
/** The same in every copy of this file: a program and what it loads beside it may each have one. */
declare const MARK: unique symbol;
/**
 * The one error class, also where `instanceof` is asked about an error of another copy. `message` is lower case and says what; `hint` says
 * what next. Neither quotes a value, a key or the offending line, so both are safe in a CI log.
 */
export declare class SealwardError extends Error {
    readonly name = "SealwardError";
    readonly code: ErrorCode;
    readonly hint: string | undefined;
    readonly file: string | undefined;
    readonly line: number | undefined;
    constructor(code: ErrorCode, message: string, detail?: ErrorDetail);
    static [Symbol.hasInstance](value: unknown): boolean;
    get [MARK](): true;
    /** The same error, with the file it happened in. */
    in(file: string): SealwardError;
}
/** What a reader answers that takes every refusal for "not mine". @returns null for an error of ours. @throws any other: that is a fault */
export declare function nullIfOurs(error: unknown): null;
export {};
