// orval makes types and functions over fetch; each answer is told apart by its status.

import {
    createWebsitePage, deleteWebsitePage, exchangeToken, getWebsitePage, issueToken, listWebsitePages, updateWebsitePageMeta,
} from './orval.gen'
import { draft, key, once, site, tell } from './story'

async function main() {
    const wrong = await exchangeToken({ apiKey: `${key}x` })
    const got = await exchangeToken({ apiKey: key })
    const oauth = await issueToken({ grant_type: 'client_credentials', client_secret: key, scope: 'read' })
    if (wrong.status !== 401 || got.status !== 200 || oauth.status !== 200) throw new Error('no token')

    const { organizationId, projectId, appId } = site
    const Authorization = `Bearer ${got.data.token}`
    const by = (headers: Record<string, string> = {}) => ({ headers: { Authorization, ...headers } })
    const list = await listWebsitePages(organizationId, projectId, appId, { lite: true, pageSize: 3 }, by())
    const made = await createWebsitePage(organizationId, projectId, appId, draft, undefined, by(once))
    const again = await createWebsitePage(organizationId, projectId, appId, draft, undefined, by(once))
    if (list.status !== 200 || made.status !== 201 || again.status !== 201) throw new Error('no page')
    const one = [organizationId, projectId, appId, made.data.id] as const
    const read = await getWebsitePage(...one, undefined, by())
    const version = { 'If-Match': read.headers.get('etag')! }
    const change = await updateWebsitePageMeta(...one, { name: 'Ebb' }, undefined, by(version))
    const stale = await updateWebsitePageMeta(...one, { name: 'Flood' }, undefined, by(version))
    const gone = await deleteWebsitePage(...one, by())
    if (read.status !== 200 || change.status !== 200 || stale.status !== 412 || gone.status !== 200) throw new Error('no change')
    tell({
        pages: list.data.data.length,
        madeTwice: made.data.id !== again.data.id,
        replayed: again.headers.get('idempotency-replayed'),
        title: read.data.title,
        changed: change.data.name,
        refused: stale.data.code,
        isGone: gone.data.success,
        scope: oauth.data.scope,
        reason: wrong.data.reason,
    })
}

main()
