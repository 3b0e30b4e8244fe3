"""The day of story.ts, told by the client that openapi-python-client makes."""

import asyncio
import json
import os

from stele_client import AuthenticatedClient, Client
from stele_client.api.auth import exchange_token
from stele_client.api.oauth import issue_token
from stele_client.api.website import create_website_page, delete_website_page, get_website_page, list_website_pages, update_website_page_meta
from stele_client.models import TokenForm, TokenFormGrantType, TokenRequest, WebsitePageMeta, WebsitePageNew, WebsitePageNewTitleType1

URL, KEY = os.environ["STELE_URL"], os.environ["STELE_KEY"]
SITE = [os.environ[f"STELE_{name}"] for name in ("ORGANIZATION", "PROJECT", "APP")]


async def main():
    stranger = Client(base_url=URL)
    wrong = await exchange_token.asyncio(client=stranger, body=TokenRequest(api_key=KEY + "x"))
    got = await exchange_token.asyncio(client=stranger, body=TokenRequest(api_key=KEY))
    form = TokenForm(grant_type=TokenFormGrantType.CLIENT_CREDENTIALS, client_secret=KEY, scope="read")
    oauth = await issue_token.asyncio(client=stranger, body=form)

    client = AuthenticatedClient(base_url=URL, token=got.token)
    pages = await list_website_pages.asyncio(*SITE, client=client, lite=True, page_size=3)
    title = WebsitePageNewTitleType1.from_dict({"en": "Tides", "fr": "Marées"})
    draft = WebsitePageNew(name="Tides", slug="tides", title=title)
    made = await create_website_page.asyncio(*SITE, client=client, body=draft, idempotency_key="tides")
    again = await create_website_page.asyncio_detailed(*SITE, client=client, body=draft, idempotency_key="tides")
    read = await get_website_page.asyncio_detailed(*SITE, made.id, client=client)
    version = read.headers["etag"]
    change = await update_website_page_meta.asyncio(*SITE, made.id, client=client, body=WebsitePageMeta(name="Ebb"), if_match=version)
    stale = await update_website_page_meta.asyncio(*SITE, made.id, client=client, body=WebsitePageMeta(name="Flood"), if_match=version)
    gone = await delete_website_page.asyncio(*SITE, made.id, client=client)
    seen = {
        "pages": len(pages.data),
        "madeTwice": made.id != again.parsed.id,
        "replayed": again.headers["idempotency-replayed"],
        "title": read.parsed.title.to_dict(),
        "changed": change.name,
        "refused": stale.code,
        "isGone": gone.success,
        "scope": oauth.scope,
        "reason": wrong.reason,
    }
    print(json.dumps(seen))


asyncio.run(main())
