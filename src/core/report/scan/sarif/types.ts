/** The part of SARIF 2.1.0 (OASIS, section 3) that is written here. */
export interface SarifLog {
  readonly $schema: string
  readonly version: '2.1.0'
  readonly runs: readonly SarifRun[]
}

export interface SarifRun {
  readonly tool: { readonly driver: SarifDriver }
  readonly automationDetails: { readonly id: string }
  readonly originalUriBaseIds: Readonly<Record<string, { readonly description: SarifText }>>
  readonly invocations: readonly SarifInvocation[]
  readonly results: readonly SarifResult[]
}

export interface SarifDriver {
  readonly name: string
  readonly semanticVersion: string
  readonly informationUri: string
  readonly rules: readonly SarifRule[]
}

export type SarifLevel = 'error' | 'warning' | 'note'

/** A reportingDescriptor, section 3.49. */
export interface SarifRule {
  readonly id: string
  readonly name: string
  readonly shortDescription: SarifText
  readonly fullDescription: SarifText
  readonly helpUri: string
  readonly help: SarifText & { readonly markdown: string }
  readonly defaultConfiguration: { readonly level: SarifLevel }
  readonly properties: Readonly<Record<string, string | readonly string[]>>
}

export interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: SarifLevel
  readonly message: SarifText
  readonly locations: readonly SarifLocation[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly SarifSuppression[]
  readonly properties: Readonly<Record<string, string>>
}

export interface SarifSuppression {
  readonly kind: 'inSource' | 'external'
  readonly status: 'accepted'
  readonly justification: string
}

export interface SarifLocation {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string }
    readonly region?: SarifRegion
  }
}

export interface SarifRegion {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export interface SarifInvocation {
  readonly executionSuccessful: true
  readonly toolExecutionNotifications: readonly SarifNotification[]
}

export interface SarifNotification {
  readonly level: SarifLevel
  readonly message: SarifText
  readonly locations?: readonly SarifLocation[]
}

export interface SarifText {
  readonly text: string
}
