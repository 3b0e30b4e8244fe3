// openapi-typescript makes the types, openapi-fetch calls by them.

import createClient from 'openapi-fetch'

import type { paths } from './schema'
import { draft, key, once, site, tell } from './story'

const baseUrl = process.env.STELE_URL
const pages = '/api/organizations/{organizationId}/projects/{projectId}/apps/website/{appId}/pages'
const page = `${pages}/{pageId}` as const

async function main() {
    const stranger = createClient<paths>({ baseUrl })
    const wrong = await stranger.POST('/api/auth/token', { body: { apiKey: `${key}x` } })
    const { data: got } = await stranger.POST('/api/auth/token', { body: { apiKey: key } })
    const oauth = await stranger.POST('/oauth/token', {
        body: { grant_type: 'client_credentials', client_secret: key, scope: 'read' },
        bodySerializer: (form) => new URLSearchParams(form as Record<string, string>),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    })

    const client = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${got!.token}` } })
    const list = await client.GET(pages, { params: { path: site, query: { lite: true, pageSize: 3 } } })
    const made = await client.POST(pages, { params: { path: site, header: once }, body: draft })
    const again = await client.POST(pages, { params: { path: site, header: once }, body: draft })
    const one = { ...site, pageId: made.data!.id }
    const read = await client.GET(page, { params: { path: one } })
    const version = { 'If-Match': read.response.headers.get('etag')! }
    const change = await client.PATCH(page, { params: { path: one, header: version }, body: { name: 'Ebb' } })
    const stale = await client.PATCH(page, { params: { path: one, header: version }, body: { name: 'Flood' } })
    const gone = await client.DELETE(page, { params: { path: one } })
    tell({
        pages: list.data!.data.length,
        madeTwice: made.data!.id !== again.data!.id,
        replayed: again.response.headers.get('idempotency-replayed'),
        title: read.data!.title,
        changed: change.data!.name,
        refused: stale.error?.code,
        isGone: gone.data!.success,
        scope: oauth.data!.scope,
        reason: wrong.error?.reason,
    })
}

main()
