"""What a script does with a key: prints the projects and pages that the published SDK lists, as JSON; or why it may not."""

import asyncio
import json
import sys

from giantcontext import create_giant_context


async def listed(organization, api_key, base_url):
    """The slugs of the organization's projects, and of the pages of their websites."""
    gc = create_giant_context(api_key=api_key, base_url=base_url)
    try:
        found = {}
        for project in (await gc.projects.list_projects(organization))["data"]:
            websites = [app for app in project["apps"] if app["appType"] == "website"]
            at = [{"organization_id": organization, "project_id": project["id"], "app_id": app["id"]} for app in websites]
            pages = [page["slug"] for one in at for page in (await gc.website.list_website_pages(**one))["data"]]
            found[project["slug"]] = pages
        return {"projects": found}
    finally:
        await gc.close()


try:
    print(json.dumps(asyncio.run(listed(*sys.argv[1:]))))
except Exception as error:  # noqa: BLE001: whatever it is, the test wants to read it
    print(json.dumps({"error": f"{type(error).__name__}: {error}"}))
