// The same short day of a script, told by each generated client: it gets a token, makes a page twice under one name, reads it, changes
// it, changes it once more by the version that is gone, and deletes it. What it saw is printed as JSON.

export const { STELE_KEY: key = '', STELE_ORGANIZATION: organizationId = '', STELE_PROJECT: projectId = '', STELE_APP: appId = '' } = process.env

export const site = { organizationId, projectId, appId }
export const draft = { name: 'Tides', slug: 'tides', title: { en: 'Tides', fr: 'Marées' } }
export const once = { 'Idempotency-Key': 'tides' }

/** What each client tells of its day. */
export interface Seen {
    pages: number
    madeTwice: boolean
    replayed: string | null
    title: unknown
    changed: string | undefined
    refused: string | undefined
    isGone: boolean
    scope: string | undefined
    reason: string | null | undefined
}

export const tell = (seen: Seen) => console.log(JSON.stringify(seen))
