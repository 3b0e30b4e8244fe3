// @hey-api/openapi-ts makes types and functions.

import {
    createWebsitePage, deleteWebsitePage, exchangeToken, getWebsitePage, issueToken, listWebsitePages, updateWebsitePageMeta,
} from './hey'
import { client } from './hey/client.gen'
import { draft, key, once, site, tell } from './story'

async function main() {
    const wrong = await exchangeToken({ body: { apiKey: `${key}x` } })
    const { data: got } = await exchangeToken({ body: { apiKey: key } })
    const oauth = await issueToken({ body: { grant_type: 'client_credentials', client_secret: key, scope: 'read' } })

    client.setConfig({ auth: () => got!.token })
    const list = await listWebsitePages({ path: site, query: { lite: true, pageSize: 3 } })
    const made = await createWebsitePage({ path: site, headers: once, body: draft })
    const again = await createWebsitePage({ path: site, headers: once, body: draft })
    const path = { ...site, pageId: made.data!.id }
    const read = await getWebsitePage({ path })
    const headers = { 'If-Match': read.response!.headers.get('etag')! }
    const change = await updateWebsitePageMeta({ path, headers, body: { name: 'Ebb' } })
    const stale = await updateWebsitePageMeta({ path, headers, body: { name: 'Flood' } })
    const gone = await deleteWebsitePage({ path })
    tell({
        pages: list.data!.data.length,
        madeTwice: made.data!.id !== again.data!.id,
        replayed: again.response!.headers.get('idempotency-replayed'),
        title: read.data!.title,
        changed: change.data!.name,
        refused: stale.error?.code,
        isGone: gone.data!.success,
        scope: oauth.data!.scope,
        reason: wrong.error?.reason,
    })
}

main()
